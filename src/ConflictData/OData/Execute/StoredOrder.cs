using ConflictData.Query;

namespace ConflictData.OData;

/// <summary>Reads the sequence numbers in the first column of a result.</summary>
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
