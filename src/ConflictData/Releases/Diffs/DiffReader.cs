using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.Datasets.Counts;
using ConflictData.Query;

namespace ConflictData.Releases;

/// <summary>What a dataset's change comes to in numbers.</summary>
/// <param name="Dataset">The dataset.</param>
/// <param name="Added">Records that only the later release has.</param>
/// <param name="Changed">Records that both have, with other values.</param>
/// <param name="Retracted">Records that only the earlier release has.</param>
/// <param name="Totals">The totals that moved.</param>
internal sealed record DatasetDiff(Dataset Dataset, long Added, long Changed, long Retracted, IReadOnlyList<TotalMove> Totals);

/// <summary>A total that is not the same at both releases.</summary>
/// <param name="Outcome">The outcome; attacks where the dataset has none.</param>
/// <param name="Before">The total at the earlier release.</param>
/// <param name="After">The total at the later one.</param>
internal sealed record TotalMove(string Outcome, TotalColumns Before, TotalColumns After);

/// <summary>Compares two releases that the engine holds.</summary>
internal sealed class DiffReader(Engine engine)
{
    private static readonly TotalColumns NoRows = new(null, null, null, null, 0, Total.Nothing.Label);

    /// <summary>The differences of a dataset in the order of ids.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="span">The releases.</param>
    /// <param name="after">Those whose id comes after this one; "" = from the first.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellation">Stops the query.</param>
    public async Task<Result<IReadOnlyList<RecordChange>>> Changes(Dataset dataset, ReleaseSpan span, string after, int limit, CancellationToken cancellation)
    {
        if (!(await engine.Execute(DiffSql.Changes(dataset, span, after, limit), cancellation)).Succeeded(out var rows, out var error))
        {
            return error;
        }

        using (rows)
        {
            return rows.Rows().Select(row => Read(dataset, row)).ToArray();
        }
    }

    /// <summary>How many records of a dataset differ, and how its totals moved.</summary>
    public async Task<Result<DatasetDiff>> Summary(Dataset dataset, ReleaseSpan span, CancellationToken cancellation)
    {
        if (!(await Moves(dataset, span, cancellation)).Succeeded(out var moves, out var error)
            || !(await engine.Execute(DiffSql.Counts(dataset, span), cancellation)).Succeeded(out var rows, out error))
        {
            return error;
        }

        using (rows)
        {
            return new DatasetDiff(dataset, (long)rows.Value(0, 0)!, (long)rows.Value(0, 1)!, (long)rows.Value(0, 2)!, moves);
        }
    }

    private async Task<Result<IReadOnlyList<TotalMove>>> Moves(Dataset dataset, ReleaseSpan span, CancellationToken cancellation)
    {
        if (!dataset.IsTotalled)
        {
            return Array.Empty<TotalMove>();
        }

        if (!(await engine.Execute(DiffSql.Totals(dataset, span), cancellation)).Succeeded(out var rows, out var error))
        {
            return error;
        }

        using (rows)
        {
            return rows.Rows().Select(row => new TotalMove((string)row[0]!, ReadTotal(row, 1), ReadTotal(row, 7))).ToArray();
        }
    }

    private static RecordChange Read(Dataset dataset, QueryRow row)
    {
        var (wasThere, isThere) = ((bool)row[2]!, (bool)row[3]!);
        Column[] given = [.. dataset.Columns.Where(column => column.Role != ColumnRole.System)];
        Func<Column, object?> Side(int first) => column => row[first + Array.IndexOf(given, column)];
        var (before, after) = (Side(4), Side(4 + given.Length));
        return new RecordChange(
            dataset,
            (string)(isThere ? after : before)(dataset.Columns[0])!,
            !wasThere ? RecordChangeKind.Added : isThere ? RecordChangeKind.Changed : RecordChangeKind.Retracted,
            (int)(long)row[0]!,
            (string?)row[1],
            ColumnChange.Between(dataset, wasThere ? before : null, isThere ? after : null));
    }

    private static TotalColumns ReadTotal(QueryRow row, int first) => row[first + 5] is string label
        ? new((long?)row[first], (long?)row[first + 1], (long?)row[first + 2], (long?)row[first + 3], (long)row[first + 4]!, label)
        : NoRows;
}
