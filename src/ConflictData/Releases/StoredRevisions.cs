using System.Globalization;
using ConflictData.Datasets;
using ConflictData.Query;
using DuckDB.NET.Data;

namespace ConflictData.Releases;

/// <summary>Turns rows of the engine, or of a checkpoint's file, back into the revisions that were committed.</summary>
internal static class StoredRevisions
{
    /// <param name="connection">A connection to the engine.</param>
    /// <param name="dataset">The dataset.</param>
    /// <param name="query">Gives all columns of the dataset, _seq, _from and _to.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static IEnumerable<StoredRevision> Read(DuckDBConnection connection, Dataset dataset, string query, CancellationToken cancellation)
    {
        foreach (var chunk in Statement.Stream(connection, query))
        {
            cancellation.ThrowIfCancellationRequested();
            for (var row = 0; row < chunk.RowCount; row++)
            {
                yield return Read(dataset, new QueryRow(chunk, row));
            }
        }
    }

    /// <summary>The query for what a release brought to a dataset.</summary>
    public static string Query(Dataset dataset, DatasetExtent extent)
    {
        var columns = string.Join(", ", dataset.Columns.Select(column => EngineSchema.Quote(column.Name)));
        return string.Create(CultureInfo.InvariantCulture,
            $"SELECT {columns}, _seq, _from, _to FROM {EngineSchema.Quote(dataset.Name)} WHERE _seq >= {extent.FirstSequence} AND _seq < {extent.FirstSequence + extent.Rows}");
    }

    /// <summary>The system columns of what was committed were empty.</summary>
    private static StoredRevision Read(Dataset dataset, QueryRow row)
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
}

/// <summary>A revision with its place in the dataset.</summary>
internal readonly record struct StoredRevision(long Sequence, Stamp Stamp, Revision Revision);

/// <summary>What the commit put on a revision.</summary>
internal readonly record struct Stamp(long From, long? Release, DateTimeOffset? ModifiedAt)
{
    public static Stamp Of(Commit commit) => new(commit.Release, commit.Release, commit.CommittedAt);
}
