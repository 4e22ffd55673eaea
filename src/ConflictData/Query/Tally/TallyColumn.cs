using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using ConflictData.Datasets;

namespace ConflictData.Query;

/// <summary>
/// A column as one int a revision, by sequence number: whole numbers and days as they are, a text as the number of its turn among the
/// different texts. Revisions never change, so it only grows. One thread adds while others look at what was there before.
/// </summary>
internal sealed class TallyColumn(ColumnType type)
{
    /// <summary>What stands for null; no value has it.</summary>
    private const int Null = int.MinValue;

    /// <summary>A column with more different texts is not kept: they would take more than its rows, and each is looked for.</summary>
    private const int MostTexts = 50_000;

    /// <summary>Columns that allow longer texts are not kept.</summary>
    private const int LongestText = 200;

    /// <summary>Different values are told apart up to so many, to know how many rows are alike.</summary>
    private const int MostValues = 10_000;

    private readonly Dictionary<string, int> texts = new(StringComparer.Ordinal);
    private readonly HashSet<int> values = [];
    private int[] codes = [];
    private int[] turns = [];
    private long last, characters;
    private int different;

    /// <summary>In place of a column that cannot be kept: a number has no room in an int, or there are too many texts.</summary>
    public static TallyColumn None { get; } = new(default) { last = long.MaxValue, Fits = false };

    /// <summary>Revisions up to this sequence number are in it.</summary>
    public long Last => Volatile.Read(ref last);

    /// <summary>How many numbers it takes up.</summary>
    public long Size => codes.Length + (characters / 2) + 1;

    /// <summary>False once it has met a value that it cannot keep.</summary>
    public bool Fits { get; private set; } = true;

    /// <summary>True for columns that have such numbers: not for long texts, all of which would be read to number them.</summary>
    public static bool Takes(Column column) => column.Type is ColumnType.Integer or ColumnType.Date or ColumnType.Boolean
        || (column.Type == ColumnType.String && (column.MaxLength <= LongestText || column.Allowed.Count > 0));

    /// <summary>Takes revisions over, sequence number and value: all that follow the last, in any order.</summary>
    public void Add(QueryRows rows)
    {
        var next = Room(Last + rows.RowCount);
        foreach (var chunk in rows.Chunks)
        {
            var (sequences, cells) = (chunk.Vector(0), chunk.Vector(1));
            for (var row = 0; row < chunk.RowCount && Fits; row++)
            {
                var code = cells.IsNull(row) ? Null : Code(cells, row);
                next[sequences.Get<long>(row) - 1] = code;
                if (values.Count < MostValues)
                {
                    values.Add(code);
                }
            }
        }

        Volatile.Write(ref different, values.Count);
        codes = next;
        Volatile.Write(ref last, last + rows.RowCount);
    }

    /// <summary>Tells of each row, one bit each, whether its number is in a range.</summary>
    public void InRange(long low, long high, Span<ulong> mask) => Mark(Math.Max(low, Null + 1L), Math.Min(high, int.MaxValue), mask);

    public void IsText(string text, Span<ulong> mask)
    {
        int? code;
        lock (texts)
        {
            code = texts.TryGetValue(text, out var known) ? known : null;
        }

        Mark(code ?? 0, code ?? -1, mask);
    }

    public void IsNull(Span<ulong> mask) => Mark(Null, Null, mask);

    /// <summary>About how many rows have the same value; at most so many where there are very many values.</summary>
    public long RowsAlike => Last / Math.Max(1, Volatile.Read(ref different));

    /// <summary>
    /// The rows that come first in the order of the column: null before every value, texts by their UTF-8 as the engine has it, ties in stored
    /// order. No more is sorted than is given.
    /// </summary>
    /// <param name="rows">Those among which they are.</param>
    /// <param name="count">How many, at least one; fewer where there are no more.</param>
    /// <param name="descending">True for those that come last, in turned order; ties stay as they are.</param>
    /// <param name="mostAlike">So many more that have the value of the last one are given too; null for no more.</param>
    /// <returns>Sequence numbers; null where there are still more with the value of the last one.</returns>
    public long[]? First(RowMask rows, int count, bool descending, int? mostAlike)
    {
        var ranks = new Ranks(codes, type == ColumnType.String ? Turns() : null, descending);
        var least = Least(rows, ranks, count);
        var found = new List<(int Rank, long Sequence)>();
        var (alike, room) = (new List<(int Rank, long Sequence)>(), count + (mostAlike ?? 0) + 1);
        foreach (var sequence in rows)
        {
            switch (ranks.Of(sequence).CompareTo(least))
            {
                case < 0:
                    found.Add((ranks.Of(sequence), sequence));
                    break;
                case 0 when alike.Count < room:
                    alike.Add((least, sequence));
                    break;
            }
        }

        var given = count + (mostAlike ?? 0);
        return mostAlike is not null && found.Count + alike.Count > given
            ? null
            : [.. found.OrderBy(row => row.Rank).Concat(alike).Take(given).Select(row => row.Sequence)];
    }

    /// <summary>The rank that so many rows have or are below; the greatest of all where there are no more.</summary>
    private static int Least(RowMask rows, Ranks ranks, int count)
    {
        // What may be among the least so far, which are sorted out whenever there is no more room.
        var (some, filled, limit) = (new int[count * 2], 0, int.MaxValue);
        foreach (var sequence in rows)
        {
            var rank = ranks.Of(sequence);
            if (rank > limit)
            {
                continue;
            }

            some[filled++] = rank;
            if (filled == some.Length)
            {
                Array.Sort(some);
                (filled, limit) = (count, some[count - 1]);
            }
        }

        Array.Sort(some, 0, filled);
        return filled == 0 ? 0 : some[Math.Min(count, filled) - 1];
    }

    /// <summary>By the number of each text its place among all, sorted by their UTF-8.</summary>
    private int[] Turns()
    {
        lock (texts)
        {
            if (turns.Length != texts.Count)
            {
                var next = new int[texts.Count];
                foreach (var (turn, text) in texts.OrderBy(text => text.Key, Utf8Order.Instance).Index())
                {
                    next[text.Value] = turn;
                }

                turns = next;
            }

            return turns;
        }
    }

    /// <summary>The bit of a row is set where low ≤ x ≤ high, which is one unsigned comparison.</summary>
    private void Mark(long low, long high, Span<ulong> mask)
    {
        if (low > high)
        {
            mask.Clear();
            return;
        }

        var (first, span) = (Vector256.Create(unchecked((uint)low)), Vector256.Create((uint)(high - low)));
        var vectors = MemoryMarshal.Cast<int, Vector256<uint>>(codes.AsSpan(0, mask.Length * RowMask.Word));
        for (var word = 0; word < mask.Length; word++)
        {
            var bits = 0UL;
            for (var part = 0; part < RowMask.Word / Vector256<uint>.Count; part++)
            {
                var inside = Vector256.LessThanOrEqual(vectors[(word * (RowMask.Word / Vector256<uint>.Count)) + part] - first, span);
                bits |= (ulong)inside.ExtractMostSignificantBits() << (part * Vector256<uint>.Count);
            }

            mask[word] = bits;
        }
    }

    private int Code(ColumnVector values, int row) => type switch
    {
        ColumnType.Integer => Small(values.Get<long>(row)),
        ColumnType.Date => Small(values.Get<int>(row)),
        ColumnType.Boolean => values.Get<bool>(row) ? 1 : 0,
        _ => Turn(values.Utf8(row)),
    };

    private int Small(long number)
    {
        Fits &= number is > Null and <= int.MaxValue;
        return unchecked((int)number);
    }

    private int Turn(ReadOnlySpan<byte> utf8)
    {
        Span<char> room = stackalloc char[256];
        ReadOnlySpan<char> text = utf8.Length <= room.Length ? room[..Encoding.UTF8.GetChars(utf8, room)] : Encoding.UTF8.GetString(utf8);
        var known = texts.GetAlternateLookup<ReadOnlySpan<char>>();
        if (known.TryGetValue(text, out var turn))
        {
            return turn;
        }

        lock (texts)
        {
            Fits = texts.Count < MostTexts;
            turn = texts.Count;
            characters += text.Length;
            texts[text.ToString()] = turn;
        }

        return turn;
    }

    /// <summary>Numbers by which rows are ordered.</summary>
    private readonly struct Ranks(int[] codes, int[]? turns, bool descending)
    {
        public int Of(long sequence)
        {
            var code = codes[sequence - 1];
            var rank = turns is null || code == Null ? code : turns[code];
            return descending ? ~rank : rank;
        }
    }

    /// <summary>Room for so many rows, whole words of a mask, with those that are there; what is looked at meanwhile stays as it is.</summary>
    private int[] Room(long rows)
    {
        if (rows <= codes.Length)
        {
            return codes;
        }

        const int Growth = 8;
        var larger = new int[(rows + (codes.Length == 0 ? 0 : rows / Growth) + RowMask.Word - 1) / RowMask.Word * RowMask.Word];
        codes.CopyTo(larger, 0);
        return larger;
    }
}
