using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.Query;

namespace ConflictData.OData;

/// <summary>
/// Finds the first few rows in an order without sorting all: one number a row tells for the first key which may be among them, and only
/// these are sorted by all keys.
/// </summary>
internal sealed class FirstRows(Engine engine, Tallies tallies)
{
    /// <summary>More are sorted by the engine.</summary>
    private const long Most = 1_000;

    /// <summary>So many are read to be sorted by all keys; the engine is not slower with more.</summary>
    private const int MostRead = 400;

    /// <summary>Where a value of the first key has more rows, what it leaves is mostly too much to be read.</summary>
    private const int MostAlike = 2_000;

    /// <summary>The sequence numbers of the rows from $skip to $top, in the order that the plan asks for.</summary>
    /// <returns>They; null where the engine must sort; an error as of <see cref="Engine.Execute"/>.</returns>
    public async Task<Result<long[]?>> Find(ReadPlan plan, AsOf point, CancellationToken cancellation)
    {
        if (!IsFew(plan, out var count))
        {
            return (long[]?)null;
        }
        var isByFirst = plan.Keys.Count == 1;
        if (!(await tallies.ColumnOf(plan.Dataset, plan.Keys[0].Column, point.Release, cancellation)).Succeeded(out var column, out var error))
        {
            return error;
        }
        // What fails later has the engine go through the conditions twice.
        if (column is null || (!isByFirst && (column.RowsAlike > MostAlike || !engine.HasRowsAtHand(plan.Dataset, point.Release))))
        {
            return (long[]?)null;
        }
        if (!(await Matching(plan, point, cancellation)).Succeeded(out var matching, out error))
        {
            return error;
        }
        using (matching)
        {
            var sequences = column.First(matching, count, plan.Keys[0].Descending, isByFirst ? null : MostRead - count);
            var sorted = isByFirst || sequences is null ? sequences : Sorted(plan, sequences, point.Release);
            return sorted?.Take(count).Skip((int)plan.Skip).ToArray();
        }
    }

    /// <summary>True where so few rows are wanted.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="count">How many rows there are up to the last of them.</param>
    private static bool IsFew(ReadPlan plan, out int count)
    {
        count = 0;
        if (plan is not { Keys: [var first, ..], Top: { } top and > 0 } || !TallyColumn.Takes(first.Column))
        {
            return false;
        }
        var most = plan.Keys.Count == 1 ? Most : MostRead;
        if (top > most || plan.Skip > most - top)
        {
            return false;
        }
        count = (int)(top + plan.Skip);
        return true;
    }

    /// <summary>All rows that meet the conditions.</summary>
    private async Task<Result<RowMask>> Matching(ReadPlan plan, AsOf point, CancellationToken cancellation)
    {
        if (plan.Tally is { } condition)
        {
            var told = await tallies.Rows(plan.Dataset, condition, point.Release, cancellation);
            if (!told.Succeeded(out var mask, out var refused) || mask is not null)
            {
                return refused is null ? mask! : refused;
            }
        }
        if (!(await engine.Execute(Statements.Sequences(plan, point), cancellation)).Succeeded(out var rows, out var error))
        {
            return error;
        }
        using (rows)
        {
            return RowMask.Of(rows, engine.History.LastSequence(plan.Dataset, point.Release));
        }
    }

    /// <summary>Rows in the order of all keys, those that are alike in all of them as they come; null where the engine would have to be asked for them.</summary>
    private long[]? Sorted(ReadPlan plan, long[] sequences, int release)
    {
        using var rows = engine.RowsAtHand(plan.Dataset, [.. plan.Keys.Select(key => key.Column)], sequences, release);
        if (rows is null)
        {
            return null;
        }
        var values = Enumerable.Range(0, sequences.Length).Select(row => plan.Keys.Select((_, key) => rows.Value(row, key + 1)).ToArray()).ToArray();
        return [.. Enumerable.Range(0, sequences.Length).Order(Comparer<int>.Create((a, b) => Compare(plan.Keys, values[a], values[b]) is var order and not 0 ? order : a - b)).Select(row => sequences[row])];
    }

    private static int Compare(IReadOnlyList<SortKey> keys, object?[] a, object?[] b)
    {
        for (var key = 0; key < keys.Count; key++)
        {
            var order = keys[key].Column.Type == ColumnType.String ? Utf8Order.Instance.Compare((string?)a[key], (string?)b[key]) : Comparer<object>.Default.Compare(a[key], b[key]);
            if (order != 0)
            {
                return keys[key].Descending ? -order : order;
            }
        }
        return 0;
    }
}
