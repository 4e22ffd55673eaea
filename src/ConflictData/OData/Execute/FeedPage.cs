using ConflictData.Query;

namespace ConflictData.OData;

/// <summary>A page of rows. The first column of the result is the sequence number, the plan's columns follow.</summary>
/// <param name="Rows">The result; it may have more rows than the page.</param>
/// <param name="RowCount">How many of them the page has.</param>
/// <param name="Total">What $count asked for.</param>
/// <param name="Next">Where the next page starts; null on the last one.</param>
internal sealed record FeedPage(QueryRows Rows, int RowCount, long? Total, PagePosition? Next) : IDisposable
{
    /// <summary>The first of its rows in the result.</summary>
    public int First { get; init; }

    /// <summary>What holds the result where others read it too; null = the page alone has it.</summary>
    public IDisposable? Shared { get; init; }

    public void Dispose() => (Shared ?? Rows).Dispose();
}

/// <summary>Where and how far to read.</summary>
/// <param name="Point">What to read.</param>
/// <param name="Key">Names the read among those whose rows are listed.</param>
/// <param name="From">Where the page before ended; null = the first page.</param>
/// <param name="PageSize">Most rows.</param>
internal sealed record PageRequest(AsOf Point, OrderKey Key, PagePosition? From, int PageSize)
{
    /// <summary>True where the first page holds all that a plan asks for.</summary>
    public bool IsAll(ReadPlan plan) => From is null && plan.Top <= PageSize;
}

/// <summary>The part of a table that a page is read from.</summary>
/// <param name="After">The sequence number before its first row.</param>
/// <param name="Last">That of its last row; a part to the table's end has none.</param>
/// <param name="Skip">Rows to pass over.</param>
internal readonly record struct StoredPart(long After, long Last = long.MaxValue, long Skip = 0);
