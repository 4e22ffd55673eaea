using System.Globalization;
using ConflictData.Datasets;
using ConflictData.Query;
using DuckDB.NET.Data;

namespace ConflictData.Releases;

/// <summary>Compares a file of a checkpoint with what the log says of its dataset, revision by revision.</summary>
internal static class CheckpointCheck
{
    /// <exception cref="InvalidDataException">The file has other revisions than were committed, or more or fewer of them.</exception>
    public static void Run(DuckDBConnection connection, Dataset dataset, string path, IReadOnlyList<Commit> commits, CancellationToken cancellation)
    {
        using var rows = Rows(connection, dataset, path, cancellation).GetEnumerator();
        using var hash = new RevisionHash();
        var sequence = 0L;
        foreach (var (commit, extent) in ExtentsOf(dataset, commits))
        {
            for (var end = extent.FirstSequence + extent.Rows - 1; sequence < end;)
            {
                var row = rows.MoveNext() ? rows.Current : throw Wrong(dataset, $"ends after {sequence} revisions");
                Require(row.Sequence == ++sequence && row.Stamp == StampOf(commit), dataset, $"has at {sequence} not what release {commit.Release} brought");
                hash.Add(row.Revision);
            }

            var found = hash.End();
            Require(found == extent.Hash, dataset, $"has at release {commit.Release} the hash {found}, the log says {extent.Hash}");
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

    private static IEnumerable<StoredRow> Rows(DuckDBConnection connection, Dataset dataset, string path, CancellationToken cancellation)
    {
        foreach (var chunk in Statement.Stream(connection, CheckpointTables.All(dataset, path)))
        {
            cancellation.ThrowIfCancellationRequested();
            for (var row = 0; row < chunk.RowCount; row++)
            {
                yield return Read(dataset, new QueryRow(chunk, row));
            }
        }
    }

    /// <summary>Turns a row back into the revision that was committed, whose system columns were empty.</summary>
    private static StoredRow Read(Dataset dataset, QueryRow row)
    {
        var count = dataset.Columns.Count;
        var values = new object?[count];
        foreach (var column in dataset.Columns.Where(column => column.Role != ColumnRole.System))
        {
            values[column.Ordinal] = row[column.Ordinal];
        }

        var stamp = new Stamp((long)row[count + 1]!, (long?)row[dataset["Release"].Ordinal], (DateTimeOffset?)row[dataset["ModifiedAt"].Ordinal]);
        var action = stamp.From == (long)row[count + 2]! ? RevisionAction.Retract : RevisionAction.Upsert;
        var reason = (string)row[dataset["ChangeReason"].Ordinal]!;
        return new((long)row[count]!, stamp, new Revision(dataset, (string)values[0]!, action, reason, values));
    }

    private static Stamp StampOf(Commit commit) => new(commit.Release, commit.Release, commit.CommittedAt);

    private static void Require(bool condition, Dataset dataset, string what)
    {
        if (!condition)
        {
            throw Wrong(dataset, what);
        }
    }

    private static InvalidDataException Wrong(Dataset dataset, string what) => new($"The checkpoint's file of {dataset} {what}.");

    private readonly record struct StoredRow(long Sequence, Stamp Stamp, Revision Revision);

    /// <summary>What the commit put on a revision.</summary>
    private readonly record struct Stamp(long From, long? Release, DateTimeOffset? ModifiedAt);
}
