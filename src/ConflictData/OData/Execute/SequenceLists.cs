using ConflictData.Api;
using ConflictData.Query;

namespace ConflictData.OData;

/// <summary>
/// Finds which rows a read gives: their sequence numbers, and nothing else of them. A list is kept for the later pages of
/// its read; a release does not change, so what falls out is found again as it was.
/// </summary>
internal sealed class SequenceLists(Engine engine)
{
    /// <summary>Sequence numbers over all lists that are kept: 64 MB.</summary>
    private const long Room = 8_000_000;

    private readonly RecentlyUsed<OrderKey, long[]> kept = new(Room, (_, list) => list.Length);

    /// <summary>All rows that meet the conditions, in stored order.</summary>
    public Task<Result<long[]>> Matching(ReadPlan plan, PageRequest request, CancellationToken cancellation) =>
        Find(plan, request, Statements.Sequences(plan, request.Point), cancellation);

    /// <summary>The rows from $skip to $top, in the order that the plan asks for.</summary>
    public Task<Result<long[]>> InOrder(ReadPlan plan, PageRequest request, CancellationToken cancellation) =>
        Find(plan, request, Statements.InOrder(plan, request.Point, plan.Skip, plan.Top ?? long.MaxValue), cancellation);

    private async Task<Result<long[]>> Find(ReadPlan plan, PageRequest request, SqlQuery statement, CancellationToken cancellation)
    {
        if (kept.TryFind(request.Key, out var known))
        {
            return known;
        }
        if (!(await engine.Execute(statement, cancellation)).Succeeded(out var rows, out var error))
        {
            return error;
        }
        using (rows)
        {
            var list = StoredOrder.Sequences(rows);
            if (plan.Order is null && !StoredOrder.Holds(rows))
            {
                Array.Sort(list);
            }
            if (!request.IsAll(plan))
            {
                kept.Keep(request.Key, list);
            }
            return list;
        }
    }
}
