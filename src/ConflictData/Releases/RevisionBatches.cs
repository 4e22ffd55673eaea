using Azure.Data.Tables;
using ConflictData.RowFiles;

namespace ConflictData.Releases;

/// <summary>Cuts the revisions of a partition into transactions, each of at most 100 rows and 3 MB.</summary>
internal static class RevisionBatches
{
    /// <param name="partition">The partition.</param>
    /// <param name="revisions">All of the attempt.</param>
    /// <param name="first">The first of the partition.</param>
    /// <param name="end">The first after it.</param>
    public static IEnumerable<IReadOnlyList<TableEntity>> Cut(string partition, IReadOnlyList<Revision> revisions, int first, int end)
    {
        List<TableEntity> batch = [];
        var bytes = 0;
        foreach (var (index, revision) in revisions.Between(first, end).Index())
        {
            var entity = RevisionEntity.Write(partition, first + index, revision);
            var size = Size(entity, revision);
            if (batch.Count > 0 && Full(batch, bytes + size))
            {
                yield return batch;
                (batch, bytes) = ([], 0);
            }

            batch.Add(entity);
            bytes += size;
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    private static bool Full(List<TableEntity> batch, int bytesWithNext) =>
        batch.Count == RevisionLimits.MostTransactionRows || bytesWithNext > RevisionLimits.MostTransactionBytes;

    private static int Size(TableEntity entity, Revision revision)
    {
        var bytes = RevisionLimits.Bytes(entity);
        return bytes <= RevisionLimits.MostEntityBytes
            ? bytes
            : throw new ArgumentException($"{revision.Dataset} {revision.Id} takes {bytes} bytes: its schema allows more than storage does.", nameof(revision));
    }
}
