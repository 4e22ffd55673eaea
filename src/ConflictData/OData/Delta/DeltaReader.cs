using ConflictData.Api;
using ConflictData.Query;

namespace ConflictData.OData;

/// <summary>Finds what changed, as a list of which every page is a piece, and reads the rows of a piece.</summary>
internal sealed class DeltaReader(Engine engine)
{
    /// <summary>Changes over all lists that are kept for their next pages: 16 MB.</summary>
    private const int KeptChanges = 2_000_000;

    private readonly RecentlyUsed<OrderKey, long[]> lists = new(KeptChanges, (_, changes) => changes.Length);

    /// <summary>The places of all changes, in their order. The key names query and both releases.</summary>
    public async Task<Result<long[]>> Changes(ReadPlan plan, ReleaseSpan span, OrderKey key, CancellationToken cancellation)
    {
        if (span.IsSame)
        {
            return Array.Empty<long>();
        }
        if (lists.TryFind(key, out var kept))
        {
            return kept;
        }
        if (!(await engine.Execute(DeltaStatements.Changes(plan, span), cancellation)).Succeeded(out var rows, out var error))
        {
            return error;
        }
        using (rows)
        {
            var changes = StoredOrder.Sequences(rows);
            lists.Keep(key, changes);
            return changes;
        }
    }

    /// <summary>The rows of a piece of that list.</summary>
    public async Task<Result<DeltaRows>> Rows(ReadPlan plan, AsOf point, long[] changes, CancellationToken cancellation)
    {
        var changed = await Read(plan, point, [.. changes.TakeWhile(place => place < DeltaStatements.Removals)], cancellation);
        if (changed?.Error is { } error)
        {
            return error;
        }
        var removed = await Read(DeltaStatements.Removed(plan.Dataset), point, [.. changes.SkipWhile(place => place < DeltaStatements.Removals).Select(place => place - DeltaStatements.Removals)], cancellation);
        if (removed?.Error is { } problem)
        {
            changed?.Value?.Dispose();
            return problem;
        }
        return new DeltaRows(changed?.Value, removed?.Value);
    }

    /// <summary>Null where there is nothing to read.</summary>
    private async Task<Result<QueryRows>?> Read(ReadPlan plan, AsOf point, long[] sequences, CancellationToken cancellation) =>
        sequences.Length == 0 ? (Result<QueryRows>?)null : await engine.Execute(Statements.BySequence(plan, point, sequences), cancellation);
}

/// <summary>The rows of a page of changes. Their first column is the sequence number.</summary>
/// <param name="Changed">Those that are new or have changed; null = none.</param>
/// <param name="Removed">Of those that are gone: id and reason; null = none.</param>
internal sealed record DeltaRows(QueryRows? Changed, QueryRows? Removed) : IDisposable
{
    public void Dispose()
    {
        Changed?.Dispose();
        Removed?.Dispose();
    }
}
