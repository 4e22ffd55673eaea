using ConflictData.Api;
using ConflictData.Query;

namespace ConflictData.OData;

/// <summary>
/// Runs an <see cref="ApplyPlan"/> on the engine. A result that has more than one page is read in long stretches, and those used
/// last are kept, so that few of its pages are computed. What falls out is computed again: a point does not change, so the rows
/// are the same.
/// </summary>
/// <param name="engine">The engine; what is kept must be given back before it ends.</param>
/// <param name="settings">The limits.</param>
/// <param name="room">Most bytes that kept stretches take up.</param>
/// <param name="values">How many values a stretch has, where its rows are so many.</param>
internal sealed class ApplyReader(Engine engine, Settings settings, long room = ApplyReader.Room, int values = ApplyReader.Values) : IDisposable
{
    private const long Room = 64_000_000;

    /// <summary>All groups of a usual query, some ten thousands of whole records.</summary>
    private const int Values = 1_000_000;

    private readonly RecentlyUsed<StretchKey, Stretch> kept = new(room, (_, stretch) => stretch.Size, stretch => stretch.Dispose());

    /// <summary>Bytes that kept stretches take up.</summary>
    public long Held => kept.Held;

    public async Task<Result<FeedPage>> Page(ApplyPlan plan, PageRequest request, CancellationToken cancellation)
    {
        var total = request.From?.Count;
        if (plan.Count && total is null)
        {
            if (!(await Count(plan, request.Point, cancellation)).Succeeded(out var count, out var failure))
            {
                return failure;
            }
            total = count;
        }
        var start = request.From?.At ?? 0;
        // As many whole pages as have about that many values.
        var rows = request.PageSize * Math.Max(1, values / plan.Width / request.PageSize);
        var key = new StretchKey(request.Key, start / rows * rows, rows);
        if (kept.TryFind(key, out var known) && known.TryHold())
        {
            return known.Page(request, start, total);
        }
        return (await Read(plan, request, key, cancellation)).Succeeded(out var stretch, out var error) ? stretch.Page(request, start, total) : error;
    }

    /// <summary>The number of rows, whatever $top and $skip leave of them.</summary>
    public async Task<Result<long>> Count(ApplyPlan plan, AsOf point, CancellationToken cancellation)
    {
        if (!(await Run(ApplyStatements.Count(plan, point), cancellation)).Succeeded(out var counted, out var error))
        {
            return error;
        }
        using (counted)
        {
            return (long)counted.Value(0, 0)!;
        }
    }

    public void Dispose() => kept.Clear();

    private async Task<Result<Stretch>> Read(ApplyPlan plan, PageRequest request, StretchKey key, CancellationToken cancellation)
    {
        // One row more shows whether the result goes on.
        if (!(await Run(ApplyStatements.Rows(plan, request.Point, key.First, key.Rows + 1L), cancellation)).Succeeded(out var rows, out var error))
        {
            return error;
        }
        var stretch = new Stretch(rows, key.First, key.Rows);
        if (rows.RowCount > request.PageSize && stretch.TryHold() && !kept.Keep(key, stretch))
        {
            stretch.Dispose();
        }
        return stretch;
    }

    private async Task<Result<QueryRows>> Run(SqlQuery query, CancellationToken cancellation)
    {
        var result = await engine.Execute(query, cancellation);
        return result.Error is { } error && Explain(error.Detail) is { } words ? ApplyError.Bad(words) : result;
    }

    /// <summary>What the engine cannot say in the caller's terms.</summary>
    private string? Explain(string detail) =>
        detail.Contains("INT128", StringComparison.Ordinal) ? "A sum is larger than a 64-bit integer can hold. Narrow the query, or add fractions, as in Low mul 1e0."
        : detail.Contains("groups", StringComparison.Ordinal) ? $"The query makes more than {settings.MaxGroups} groups. Filter before it groups, or group by less."
        : null;

    /// <param name="Read">Which read it is of.</param>
    /// <param name="First">Place of its first row.</param>
    /// <param name="Rows">How many it has, where there are so many.</param>
    private readonly record struct StretchKey(OrderKey Read, long First, int Rows);
}
