using System.Buffers;
using System.Globalization;
using ConflictData.Api;
using ConflictData.Datasets;

namespace ConflictData.Query;

/// <summary>How many rows there are, where that is known, and the sequence numbers of those that were wanted.</summary>
internal readonly record struct Tallied(long Count, long[] Wanted, bool IsKnown = true)
{
    public static Tallied Unknown { get; } = new(0, [], IsKnown: false);
}

/// <summary>
/// Tells which rows meet a condition, without a query: by the columns that were asked of before, kept as small numbers, and one bit a
/// revision that says whether it is live at a release. The first who asks of a column has it read from the engine.
/// </summary>
internal sealed class Tallies(Engine engine) : IDisposable
{
    /// <summary>Numbers over all columns that are kept: 64 MB.</summary>
    private const long Room = 16_000_000;

    /// <summary>Words of bits over all releases that are kept: 8 MB.</summary>
    private const long LiveRoom = 1_000_000;

    /// <summary>By names: columns of two datasets may be alike in all that is said of them.</summary>
    private readonly RecentlyUsed<ColumnKey, TallyColumn> columns = new(Room, (_, column) => column.Size);
    private readonly RecentlyUsed<(string Dataset, int Release), ulong[]> live = new(LiveRoom, (_, mask) => mask.Length);

    /// <summary>One reads from the engine at a time: who comes next may find what it needs.</summary>
    private readonly SemaphoreSlim reading = new(1);

    /// <summary>How many revisions that are live at a release meet the condition, and which those are that are wanted.</summary>
    /// <returns>The number, which is not known where a column cannot be kept, so that the engine must count; an error as of <see cref="Engine.Execute"/>.</returns>
    public async Task<Result<Tallied>> Count(Dataset dataset, TallyCondition condition, int release, Wanted wanted, CancellationToken cancellation)
    {
        if (!(await Rows(dataset, condition, release, cancellation)).Succeeded(out var found, out var error))
        {
            return error;
        }

        return Count(found, wanted);
    }

    /// <summary>The same, where no column has to be read for it; else nothing is known.</summary>
    public Tallied TryCount(Dataset dataset, TallyCondition condition, int release, Wanted wanted)
    {
        var history = engine.History;
        var last = history.LastSequence(dataset, release);
        var known = new Dictionary<Column, TallyColumn>();
        foreach (var column in condition.Columns)
        {
            if (!columns.TryFind(KeyOf(dataset, column), out var found) || found.Last < last || !found.Fits)
            {
                return Tallied.Unknown;
            }

            known[column] = found;
        }

        return last > 0 && live.TryFind((dataset.Name, history.EffectiveRelease(release, [dataset])), out var alive)
            ? Count(Rows(condition, known, alive, last), wanted)
            : Tallied.Unknown;
    }

    /// <summary>The revisions that are live at a release and meet the condition.</summary>
    /// <returns>They; null where a column cannot be kept; an error as of <see cref="Engine.Execute"/>.</returns>
    public async Task<Result<RowMask?>> Rows(Dataset dataset, TallyCondition condition, int release, CancellationToken cancellation)
    {
        var history = engine.History;
        var last = history.LastSequence(dataset, release);
        if (last == 0)
        {
            return new RowMask(0);
        }

        var known = new Dictionary<Column, TallyColumn>();
        foreach (var column in condition.Columns.Distinct())
        {
            if (!(await ColumnOf(dataset, column, release, cancellation)).Succeeded(out var found, out var error))
            {
                return error;
            }

            if (found is null)
            {
                return (RowMask?)null;
            }

            known[column] = found;
        }

        return (await Live(dataset, history.EffectiveRelease(release, [dataset]), last, cancellation)).Succeeded(out var alive, out var failure)
            ? Rows(condition, known, alive, last)
            : failure;
    }

    /// <summary>A column with all revisions up to a release.</summary>
    /// <returns>It; null where it cannot be kept; an error as of <see cref="Engine.Execute"/>.</returns>
    public async Task<Result<TallyColumn?>> ColumnOf(Dataset dataset, Column column, int release, CancellationToken cancellation) =>
        (await Find(dataset, column, engine.History.LastSequence(dataset, release), cancellation)).Succeeded(out var found, out var error)
            ? found.Fits ? found : null
            : error;

    public void Dispose() => reading.Dispose();

    private static Tallied Count(RowMask? rows, Wanted wanted)
    {
        using (rows)
        {
            return rows is null ? Tallied.Unknown : new(rows.Count(), rows.Find(wanted));
        }
    }

    private static RowMask Rows(TallyCondition condition, Dictionary<Column, TallyColumn> columns, ulong[] live, long last)
    {
        var mask = new RowMask(last);
        var words = mask.Words;
        Mark(condition, columns, words);
        for (var word = 0; word < words.Length; word++)
        {
            words[word] &= live[word];
        }

        return mask;
    }

    private static void Mark(TallyCondition condition, Dictionary<Column, TallyColumn> columns, Span<ulong> mask)
    {
        switch (condition)
        {
            case TallyAll all:
                mask.Fill(ulong.MaxValue);
                Combine(all.Parts, columns, mask, (a, b) => a & b);
                break;
            case TallyAny any:
                mask.Clear();
                Combine(any.Parts, columns, mask, (a, b) => a | b);
                break;
            case TallyNot not:
                Mark(not.Condition, columns, mask);
                for (var word = 0; word < mask.Length; word++)
                {
                    mask[word] = ~mask[word];
                }

                break;
            case TallyNull isNull:
                columns[isNull.Column].IsNull(mask);
                break;
            case TallyRange range:
                columns[range.Column].InRange(range.Low, range.High, mask);
                break;
            case TallyText text:
                columns[text.Column].IsText(text.Text, mask);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(condition));
        }
    }

    private static void Combine(IReadOnlyList<TallyCondition> parts, Dictionary<Column, TallyColumn> columns, Span<ulong> mask, Func<ulong, ulong, ulong> with)
    {
        var part = ArrayPool<ulong>.Shared.Rent(mask.Length);
        try
        {
            foreach (var condition in parts)
            {
                var words = part.AsSpan(0, mask.Length);
                Mark(condition, columns, words);
                for (var word = 0; word < mask.Length; word++)
                {
                    mask[word] = with(mask[word], words[word]);
                }
            }
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(part);
        }
    }

    private async Task<Result<TallyColumn>> Find(Dataset dataset, Column column, long last, CancellationToken cancellation)
    {
        var key = KeyOf(dataset, column);
        if (columns.TryFind(key, out var known) && known.Last >= last)
        {
            return known;
        }

        await reading.WaitAsync(cancellation);
        try
        {
            var found = columns.TryFind(key, out known) ? known : new TallyColumn(column.Type);
            if (found.Last < last)
            {
                var query = Text($"SELECT _seq, {EngineSchema.Quote(column.Name)} FROM {EngineSchema.Quote(dataset.Name)} WHERE _seq > {found.Last} AND _seq <= {last}");
                if (!(await engine.Execute(query, cancellation)).Succeeded(out var rows, out var error))
                {
                    return error;
                }

                using (rows)
                {
                    // What it costs changes, which it must not while it is kept.
                    columns.Remove(key);
                    found.Add(rows);
                    found = found.Fits ? found : TallyColumn.None;
                    columns.Keep(key, found);
                }
            }

            return found;
        }
        finally
        {
            reading.Release();
        }
    }

    /// <summary>A bit for each revision up to the last, set where it is live; what is live changes only with a release that touches the dataset.</summary>
    private async Task<Result<ulong[]>> Live(Dataset dataset, int release, long last, CancellationToken cancellation)
    {
        if (live.TryFind((dataset.Name, release), out var known))
        {
            return known;
        }

        var query = Text($"SELECT _seq FROM {EngineSchema.Quote(dataset.Name)} WHERE {EngineSchema.LiveAt(release.ToString(CultureInfo.InvariantCulture))}");
        if (!(await engine.Execute(query, cancellation)).Succeeded(out var rows, out var error))
        {
            return error;
        }

        using (rows)
        {
            using var mask = RowMask.Of(rows, last);
            var alive = mask.Words.ToArray();
            live.Keep((dataset.Name, release), alive);
            return alive;
        }
    }

    private ColumnKey KeyOf(Dataset dataset, Column column) => new(dataset.Name, column.Name, engine.History.Redactions.Last(int.MaxValue, [dataset]));

    private static SqlQuery Text(FormattableString text) => new(text.ToString(CultureInfo.InvariantCulture), [], QueryClass.Heavy);

    /// <summary>A column as it was after a redaction; 0 = none.</summary>
    private readonly record struct ColumnKey(string Dataset, string Column, int Redaction);
}
