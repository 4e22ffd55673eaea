using System.Globalization;
using ConflictData.Datasets;
using ConflictData.Query;
using DuckDB.NET.Data;

namespace ConflictData.Releases;

/// <summary>Compares a file of a checkpoint with what the log says of its dataset, revision by revision.</summary>
internal static class CheckpointCheck
{
    /// <exception cref="InvalidDataException">The file has other revisions than were committed, or more or fewer of them.</exception>
    public static void Run(DuckDBConnection connection, Dataset dataset, string path, ReleaseHistory history, CancellationToken cancellation)
    {
        using var rows = StoredRevisions.Read(connection, dataset, CheckpointTables.All(dataset, path), cancellation).GetEnumerator();
        using var hash = new RevisionHash();
        var sequence = 0L;
        foreach (var (commit, extent) in ExtentsOf(dataset, history.Commits))
        {
            for (var end = extent.FirstSequence + extent.Rows - 1; sequence < end;)
            {
                var row = rows.MoveNext() ? rows.Current : throw Wrong(dataset, $"ends after {sequence} revisions");
                Require(row.Sequence == ++sequence && row.Stamp == Stamp.Of(commit), dataset, $"has at {sequence} not what release {commit.Release} brought");
                hash.Add(row.Revision);
            }

            var (found, expected) = (hash.End(), history.Redactions.HashOf(commit.Release, extent));
            Require(found == expected, dataset, $"has at release {commit.Release} the hash {found}, the log says {expected}");
        }

        Require(!rows.MoveNext(), dataset, $"goes on after {sequence} revisions");
        CheckEnds(connection, dataset, path);
    }

    private static void CheckEnds(DuckDBConnection connection, Dataset dataset, string path)
    {
        using var ends = connection.CreateCommand();
        ends.CommandText = CheckpointTables.WrongEnds(path);
        var wrong = Convert.ToInt64(ends.ExecuteScalar(), CultureInfo.InvariantCulture);
        Require(wrong == 0, dataset, $"has {wrong} revisions that do not end where the next one begins");
    }

    private static IEnumerable<(Commit Commit, DatasetExtent Extent)> ExtentsOf(Dataset dataset, IReadOnlyList<Commit> commits) =>
        from commit in commits
        from extent in commit.Datasets
        where extent.Dataset == dataset.Name
        select (commit, extent);

    private static void Require(bool condition, Dataset dataset, string what)
    {
        if (!condition)
        {
            throw Wrong(dataset, what);
        }
    }

    private static InvalidDataException Wrong(Dataset dataset, string what) => new($"The checkpoint's file of {dataset} {what}.");
}
