using ConflictData.Query;

namespace ConflictData.OData;

/// <summary>Sequence numbers in stored order: those in the first column of a result, and those of a read.</summary>
internal static class StoredOrder
{
    /// <summary>True where they ascend.</summary>
    public static bool Holds(QueryRows rows)
    {
        var last = long.MinValue;
        foreach (var chunk in rows.Chunks)
        {
            var vector = chunk.Vector(0);
            for (var row = 0; row < chunk.RowCount; row++)
            {
                var sequence = vector.Get<long>(row);
                if (sequence <= last)
                {
                    return false;
                }
                last = sequence;
            }
        }
        return true;
    }

    /// <summary>Where a page lies of whose read all rows are known: from the first of them to the last, and no further.</summary>
    public static StoredPart Part(ReadOnlySpan<long> matching, long after, long skip, long limit)
    {
        var found = matching.BinarySearch(after);
        var start = Math.Min((found < 0 ? ~found : found + 1) + skip, matching.Length);
        var end = Math.Min(start + limit, matching.Length);
        return start == end ? new(after, after) : new(start == 0 ? 0 : matching[(int)start - 1], matching[(int)end - 1]);
    }

    public static long[] Sequences(QueryRows rows)
    {
        var sequences = new long[rows.RowCount];
        foreach (var chunk in rows.Chunks)
        {
            var vector = chunk.Vector(0);
            for (var row = 0; row < chunk.RowCount; row++)
            {
                sequences[chunk.FirstRow + row] = vector.Get<long>(row);
            }
        }
        return sequences;
    }
}
