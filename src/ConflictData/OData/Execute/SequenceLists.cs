using ConflictData.Api;
using ConflictData.Query;

namespace ConflictData.OData;

/// <summary>
/// Finds which rows a read gives: their sequence numbers, and nothing else of them. A list is kept for the later pages of
/// its read; a release does not change, so what falls out is found again as it was.
/// </summary>
internal sealed class SequenceLists(Engine engine, FirstRows firstRows)
{
    /// <summary>Sequence numbers over all lists that are kept: 64 MB.</summary>
    private const long Room = 8_000_000;

    private readonly RecentlyUsed<OrderKey, long[]> kept = new(Room, (_, list) => list.Length);

    /// <summary>All rows that meet the conditions, in stored order.</summary>
    public Task<Result<long[]>> Matching(ReadPlan plan, PageRequest request, CancellationToken cancellation) =>
        Find(plan, request, () => Run(plan, Statements.Sequences(plan, request.Point), cancellation));

    /// <summary>The rows from $skip to $top, in the order that the plan asks for.</summary>
    public Task<Result<long[]>> InOrder(ReadPlan plan, PageRequest request, CancellationToken cancellation) => Find(plan, request, async () =>
        !(await firstRows.Find(plan, request.Point, cancellation)).Succeeded(out var first, out var error) ? error
        : first ?? await Run(plan, Statements.InOrder(plan, request.Point, plan.Skip, plan.Top ?? long.MaxValue), cancellation));

    private async Task<Result<long[]>> Find(ReadPlan plan, PageRequest request, Func<Task<Result<long[]>>> find)
    {
        if (kept.TryFind(request.Key, out var known))
        {
            return known;
        }
        var found = await find();
        if (found.Succeeded(out var list, out _) && !request.IsAll(plan))
        {
            kept.Keep(request.Key, list);
        }
        return found;
    }

    private async Task<Result<long[]>> Run(ReadPlan plan, SqlQuery statement, CancellationToken cancellation)
    {
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
            return list;
        }
    }
}
