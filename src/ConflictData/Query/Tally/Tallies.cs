using System.Buffers;
using System.Globalization;
using System.Numerics;
using ConflictData.Api;
using ConflictData.Datasets;

namespace ConflictData.Query;

/// <summary>How many rows there are, where that is known, and the sequence numbers of those that were wanted.</summary>
internal readonly record struct Tallied(long Count, long[] Wanted, bool IsKnown = true)
{
    public static Tallied Unknown { get; } = new(0, [], IsKnown: false);
}

/// <summary>Which of the rows that meet a condition are wanted, in stored order.</summary>
/// <param name="After">Only those with greater sequence numbers.</param>
/// <param name="Skip">Not the first so many of these.</param>
/// <param name="Most">So many of the others.</param>
internal readonly record struct Wanted(long After, long Skip, int Most);

/// <summary>
/// Counts the rows that meet a condition, without a query: over the columns that were asked of before, kept as small numbers, and one bit a
/// revision that says whether it is live at a release. The first count of a column reads it from the engine.
/// </summary>
internal sealed class Tallies(Engine engine) : IDisposable
{
    /// <summary>Numbers over all columns that are kept: 64 MB.</summary>
    private const long Room = 16_000_000;

    /// <summary>Words of bits over all releases that are kept: 8 MB.</summary>
    private const long LiveRoom = 1_000_000;

    /// <summary>By names: columns of two datasets may be alike in all that is said of them.</summary>
    private readonly RecentlyUsed<(string Dataset, string Column), TallyColumn> columns = new(Room, (_, column) => column.Size);
    private readonly RecentlyUsed<(string Dataset, int Release), ulong[]> live = new(LiveRoom, (_, mask) => mask.Length);

    /// <summary>One reads from the engine at a time: who comes next may find what it needs.</summary>
    private readonly SemaphoreSlim reading = new(1);

    /// <summary>How many revisions that are live at a release meet the condition, and which those are that are wanted.</summary>
    /// <returns>The number, which is not known where a column cannot be kept, so that the engine must count; an error as of <see cref="Engine.Execute"/>.</returns>
    public async Task<Result<Tallied>> Count(Dataset dataset, TallyCondition condition, int release, Wanted wanted, CancellationToken cancellation)
    {
        var history = engine.History;
        var last = history.LastSequence(dataset, release);
        if (last == 0)
        {
            return new Tallied(0, []);
        }

        var known = new Dictionary<Column, TallyColumn>();
        foreach (var column in condition.Columns.Distinct())
        {
            if (!(await Find(dataset, column, last, cancellation)).Succeeded(out var found, out var error))
            {
                return error;
            }

            if (!found.Fits)
            {
                return Tallied.Unknown;
            }

            known[column] = found;
        }

        return (await Live(dataset, history.EffectiveRelease(release, [dataset]), last, cancellation)).Succeeded(out var alive, out var failure)
            ? Count(condition, known, alive, wanted)
            : failure;
    }

    /// <summary>The same, where no column has to be read for it; else nothing is known.</summary>
    public Tallied TryCount(Dataset dataset, TallyCondition condition, int release, Wanted wanted)
    {
        var history = engine.History;
        var last = history.LastSequence(dataset, release);
        var known = new Dictionary<Column, TallyColumn>();
        foreach (var column in condition.Columns)
        {
            if (!columns.TryFind((dataset.Name, column.Name), out var found) || found.Last < last || !found.Fits)
            {
                return Tallied.Unknown;
            }

            known[column] = found;
        }

        return last > 0 && live.TryFind((dataset.Name, history.EffectiveRelease(release, [dataset])), out var alive) ? Count(condition, known, alive, wanted) : Tallied.Unknown;
    }

    public void Dispose() => reading.Dispose();

    private static Tallied Count(TallyCondition condition, Dictionary<Column, TallyColumn> columns, ulong[] live, Wanted wanted)
    {
        var mask = ArrayPool<ulong>.Shared.Rent(live.Length);
        try
        {
            var words = mask.AsSpan(0, live.Length);
            Mark(condition, columns, words);
            var count = 0L;
            for (var word = 0; word < words.Length; word++)
            {
                words[word] &= live[word];
                count += BitOperations.PopCount(words[word]);
            }

            return new(count, Find(words, wanted));
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(mask);
        }
    }

    /// <summary>The sequence numbers of the wanted ones of the rows that a mask has.</summary>
    private static long[] Find(ReadOnlySpan<ulong> mask, Wanted wanted)
    {
        var (found, left) = (new List<long>(), wanted.Skip);
        for (var word = (int)(wanted.After / TallyColumn.Word); word < mask.Length && found.Count < wanted.Most; word++)
        {
            var bits = word == wanted.After / TallyColumn.Word ? mask[word] & (ulong.MaxValue << (int)(wanted.After % TallyColumn.Word)) : mask[word];
            if (BitOperations.PopCount(bits) is var count && count <= left)
            {
                left -= count;
                continue;
            }

            for (; bits != 0 && found.Count < wanted.Most; bits &= bits - 1)
            {
                if (left-- <= 0)
                {
                    found.Add(((long)word * TallyColumn.Word) + BitOperations.TrailingZeroCount(bits) + 1);
                }
            }
        }

        return [.. found];
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
        var key = (dataset.Name, column.Name);
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
            var mask = new ulong[(last + TallyColumn.Word - 1) / TallyColumn.Word];
            foreach (var chunk in rows.Chunks)
            {
                var sequences = chunk.Vector(0);
                for (var row = 0; row < chunk.RowCount; row++)
                {
                    var place = sequences.Get<long>(row) - 1;
                    mask[place / TallyColumn.Word] |= 1UL << (int)(place % TallyColumn.Word);
                }
            }

            live.Keep((dataset.Name, release), mask);
            return mask;
        }
    }

    private static SqlQuery Text(FormattableString text) => new(text.ToString(CultureInfo.InvariantCulture), [], QueryClass.Heavy);
}
