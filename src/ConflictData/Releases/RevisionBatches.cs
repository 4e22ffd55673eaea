using Azure.Data.Tables;

namespace ConflictData.Releases;

/// <summary>Cuts the revisions of an attempt into transactions: each of one partition, of at most 100 rows and 3 MB.</summary>
internal static class RevisionBatches
{
    public static IEnumerable<IReadOnlyList<TableEntity>> Cut(string submissionId, int attempt, IReadOnlyList<Revision> revisions)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(revisions.Count, RevisionEntity.MostRows);
        List<TableEntity> batch = [];
        var bytes = 0;
        for (var ordinal = 0; ordinal < revisions.Count; ordinal++)
        {
            var partition = RevisionTable.Partition(submissionId, attempt, ordinal / RevisionTable.RowsPerPartition);
            var entity = RevisionEntity.Write(partition, ordinal, revisions[ordinal]);
            var size = Size(entity, revisions[ordinal]);
            if (batch.Count > 0 && (Full(batch, bytes + size) || batch[0].PartitionKey != partition))
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
