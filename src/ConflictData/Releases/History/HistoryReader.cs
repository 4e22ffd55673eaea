using System.Globalization;
using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.Query;

namespace ConflictData.Releases;

/// <summary>A revision of a record, beside the one before it.</summary>
/// <param name="Release">The release that brought it.</param>
/// <param name="IsRetraction">True for a tombstone.</param>
/// <param name="Reason">Why.</param>
/// <param name="Values">One value a column by ordinal; of a tombstone, those of the record that it ended.</param>
/// <param name="Columns">The columns that differ from the revision before.</param>
internal sealed record RevisionEntry(int Release, bool IsRetraction, string? Reason, object?[] Values, IReadOnlyList<ColumnChange> Columns)
{
    /// <summary>upsert or retract.</summary>
    public string Action => IsRetraction ? "retract" : "upsert";
}

/// <summary>Reads the revisions of one record, tombstones too.</summary>
internal sealed class HistoryReader(Engine engine)
{
    /// <summary>The newest revisions before a release; none for an id that was not used until then.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="id">The record's id, in any letter case.</param>
    /// <param name="before">The release.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellation">Stops the query.</param>
    public async Task<Result<HistoryPage>> Read(Dataset dataset, string id, int before, int limit, CancellationToken cancellation)
    {
        if (await engine.SequenceOf(dataset, id, cancellation) is not { } last)
        {
            return new HistoryPage([], null);
        }

        // One more: what the oldest of them changed shows beside it.
        if (!(await engine.Execute(Revisions(dataset, last, before, limit + 1), cancellation)).Succeeded(out var rows, out var error))
        {
            return error;
        }

        using (rows)
        {
            var entries = Compared(dataset, [.. rows.Rows().Select(row => Read(dataset, row))]);
            return entries.Length <= limit ? new HistoryPage(entries, null) : new HistoryPage(entries[..limit], entries[limit - 1].Release);
        }
    }

    /// <summary>Every revision has the id as the last one has it.</summary>
    private static SqlQuery Revisions(Dataset dataset, long last, int before, int limit)
    {
        var columns = string.Join(", ", dataset.Columns.Select(column => EngineSchema.Quote(column.Name)));
        var table = EngineSchema.Quote(dataset.Name);
        return new(
            string.Create(CultureInfo.InvariantCulture, $"""
                WITH named AS MATERIALIZED (SELECT "Id" AS wanted FROM {table} WHERE _seq = {last})
                SELECT {columns}, _from, _to = _from FROM {table} WHERE "Id" = (SELECT wanted FROM named) AND _from < {before}
                ORDER BY _seq DESC LIMIT {limit}
                """),
            [], QueryClass.Heavy);
    }

    private static RevisionEntry Read(Dataset dataset, QueryRow row)
    {
        var count = dataset.Columns.Count;
        var values = Enumerable.Range(0, count).Select(index => row[index]).ToArray();
        return new((int)(long)row[count]!, (bool)row[count + 1]!, (string?)values[dataset["ChangeReason"].Ordinal], values, []);
    }

    /// <summary>A record that was retracted and came back begins anew: all its values are new.</summary>
    private static RevisionEntry[] Compared(Dataset dataset, RevisionEntry[] entries) =>
    [
        .. entries.Select((entry, index) => entry with
        {
            Columns = ColumnChange.Between(
                dataset,
                index + 1 < entries.Length && !entries[index + 1].IsRetraction ? Of(entries[index + 1]) : null,
                entry.IsRetraction ? null : Of(entry)),
        }),
    ];

    private static Func<Column, object?> Of(RevisionEntry entry) => column => entry.Values[column.Ordinal];
}
