using ConflictData.Query;

namespace ConflictData.OData;

/// <summary>
/// Rows of a result that follow each other, read by several pages. They are given back to the engine when the last of those who
/// hold them lets go; whoever makes one holds it.
/// </summary>
/// <param name="rows">The rows, and one more where the result goes on.</param>
/// <param name="first">Place of the first of them in the whole result.</param>
/// <param name="most">How many there are where there are so many.</param>
internal sealed class Stretch(QueryRows rows, long first, int most) : IDisposable
{
    private int holders = 1;

    /// <summary>Bytes that the rows take up, twice: the engine keeps a result until it is closed, and the vectors that it gave out.</summary>
    public long Size { get; } = 2 * SizeOf(rows);

    /// <summary>The page that starts at a place in here; it ends with the stretch at the latest. It takes over the hold of the caller.</summary>
    public FeedPage Page(PageRequest request, long start, long? total)
    {
        var from = (int)Math.Min(start - first, rows.RowCount);
        var count = Math.Min(request.PageSize, Math.Min(rows.RowCount, most) - from);
        var next = from + count < rows.RowCount ? new PagePosition(request.Point, start + count, null, total) : null;
        return new FeedPage(rows, count, total, next) { First = from, Shared = this };
    }

    /// <summary>One more that holds the rows; false where they are gone.</summary>
    public bool TryHold()
    {
        for (var known = Volatile.Read(ref holders); known > 0;)
        {
            var seen = Interlocked.CompareExchange(ref holders, known + 1, known);
            if (seen == known)
            {
                return true;
            }
            known = seen;
        }
        return false;
    }

    public void Dispose()
    {
        if (Interlocked.Decrement(ref holders) == 0)
        {
            rows.Dispose();
        }
    }

    private static long SizeOf(QueryRows rows) =>
        rows.Chunks.Sum(chunk => Enumerable.Range(0, rows.Columns.Count).Sum(column => chunk.Vector(column).SizeOf(chunk.RowCount)));
}
