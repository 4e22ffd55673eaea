using System.Buffers;
using System.Numerics;

namespace ConflictData.Query;

/// <summary>Which of the rows that meet a condition are wanted, in stored order.</summary>
/// <param name="After">Only those with greater sequence numbers.</param>
/// <param name="Skip">Not the first so many of these.</param>
/// <param name="Most">So many of the others.</param>
internal readonly record struct Wanted(long After, long Skip, int Most);

/// <summary>Some revisions of a dataset: one bit each, by sequence number. Its room is lent, so it must be disposed.</summary>
/// <param name="last">The sequence number of the last revision that it can have.</param>
internal sealed class RowMask(long last) : IDisposable
{
    /// <summary>Revisions that one word tells of.</summary>
    public const int Word = 64;

    private readonly int length = (int)((last + Word - 1) / Word);
    private readonly ulong[] words = ArrayPool<ulong>.Shared.Rent((int)((last + Word - 1) / Word));

    /// <summary>The bits, which are anything until they are set.</summary>
    public Span<ulong> Words => words.AsSpan(0, length);

    /// <summary>Those revisions that a result names in its first column, up to the last.</summary>
    public static RowMask Of(QueryRows rows, long last)
    {
        var mask = new RowMask(last);
        mask.Words.Clear();
        foreach (var chunk in rows.Chunks)
        {
            var sequences = chunk.Vector(0);
            for (var row = 0; row < chunk.RowCount; row++)
            {
                mask.Set(sequences.Get<long>(row));
            }
        }

        return mask;
    }

    public long Count()
    {
        var count = 0L;
        foreach (var word in Words)
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }

    /// <summary>The sequence numbers of the wanted ones.</summary>
    public long[] Find(Wanted wanted)
    {
        var (found, left, first) = (new List<long>(), wanted.Skip, (int)(wanted.After / Word));
        for (var word = first; word < length && found.Count < wanted.Most; word++)
        {
            var bits = word == first ? words[word] & (ulong.MaxValue << (int)(wanted.After % Word)) : words[word];
            if (BitOperations.PopCount(bits) is var count && count <= left)
            {
                left -= count;
                continue;
            }

            for (; bits != 0 && found.Count < wanted.Most; bits &= bits - 1)
            {
                if (left-- <= 0)
                {
                    found.Add(((long)word * Word) + BitOperations.TrailingZeroCount(bits) + 1);
                }
            }
        }

        return [.. found];
    }

    /// <summary>The sequence numbers of all, in stored order.</summary>
    public Enumerator GetEnumerator() => new(this);

    public void Dispose() => ArrayPool<ulong>.Shared.Return(words);

    private void Set(long sequence) => words[(sequence - 1) / Word] |= 1UL << (int)((sequence - 1) % Word);

    /// <summary>Goes from one to the next.</summary>
    internal struct Enumerator(RowMask mask)
    {
        private int word = -1;
        private ulong bits;

        public long Current { get; private set; }

        public bool MoveNext()
        {
            while (bits == 0)
            {
                if (++word >= mask.length)
                {
                    return false;
                }

                bits = mask.words[word];
            }

            Current = ((long)word * Word) + BitOperations.TrailingZeroCount(bits) + 1;
            bits &= bits - 1;
            return true;
        }
    }
}
