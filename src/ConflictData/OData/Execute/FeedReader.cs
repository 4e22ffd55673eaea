using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.Query;

namespace ConflictData.OData;

/// <summary>Runs plans on the engine: the one stage that is not a pure function.</summary>
internal sealed class FeedReader(Engine engine)
{
    private readonly SequenceLists lists = new(engine);
    private readonly Tallies tallies = new(engine);

    /// <summary>Sees to it that there is what the plan reads; null when there is.</summary>
    public Task<ApiError?> Prepare(ReadPlan plan, AsOf point, CancellationToken cancellation) => engine.Prepare(plan.Reads, point, cancellation);

    public async Task<Result<FeedPage>> Page(ReadPlan plan, PageRequest request, CancellationToken cancellation)
    {
        var (total, matching, error) = (request.From?.Count, (long[]?)null, (ApiError?)null);
        if (plan is { IsListed: true, Order: null } && !(await lists.Matching(plan, request, cancellation)).Succeeded(out matching, out error))
        {
            return error;
        }
        if (plan.Count && total is null)
        {
            var counted = matching is null ? await Count(plan, request.Point, cancellation) : (long)matching.Length;
            if (!counted.Succeeded(out var count, out error))
            {
                return error;
            }
            total = count;
        }
        var page = plan.Order is null ? await Stored(plan, request, matching, cancellation) : await Ordered(plan, request, cancellation);
        return page.Succeeded(out var read, out error) && ExpandLimit.Check(plan, read.Rows).Succeeded(out _, out error)
            ? read with { Total = total, Next = read.Next is { } next ? next with { Count = total } : null }
            : error;
    }

    public async Task<Result<long>> Count(ReadPlan plan, AsOf point, CancellationToken cancellation)
    {
        if (plan.Tally is { } condition)
        {
            if (!(await tallies.Count(plan.Dataset, condition, point.Release, cancellation)).Succeeded(out var tallied, out var failure))
            {
                return failure;
            }
            if (tallied.IsKnown)
            {
                return tallied.Count;
            }
        }
        if (!(await Run(Statements.Count(plan, point), cancellation)).Succeeded(out var rows, out var error))
        {
            return error;
        }
        using (rows)
        {
            return (long)rows.Value(0, 0)!;
        }
    }

    /// <summary>The one row of a record, whatever the letter case of its id.</summary>
    public async Task<Result<QueryRows>> Record(ReadPlan plan, AsOf point, string id, CancellationToken cancellation)
    {
        var dataset = plan.Dataset;
        var notFound = new ApiError(ErrorCode.NotFound, $"{dataset.Name} has no record {id} in release {point.Release}.") { Target = "path" };
        if (dataset is { IsView: true, Extends: null })
        {
            var row = await Run(Statements.ViewRow(plan, point, id), cancellation);
            return row.Succeeded(out var found, out _) && found.RowCount == 0 ? notFound : row;
        }
        var own = Catalog.Get(dataset.Extends ?? dataset.Name);
        if (await engine.SequenceOf(own, id, cancellation) is not { } sequence)
        {
            return notFound;
        }
        var newest = await Run(Statements.Revision(plan, point, sequence), cancellation);
        if (!newest.Succeeded(out var rows, out _) || IsLive(rows))
        {
            return newest;
        }
        rows.Dispose();
        if (!(await Run(Statements.EarlierSequence(own, point, sequence), cancellation)).Succeeded(out var earlier, out var error))
        {
            return error;
        }
        using (earlier)
        {
            return StoredOrder.Sequences(earlier) is [var live] ? await Run(Statements.Revision(plan, point, live), cancellation) : notFound;
        }
    }

    private async Task<Result<FeedPage>> Stored(ReadPlan plan, PageRequest request, long[]? matching, CancellationToken cancellation)
    {
        var (after, skip) = request.From is { } from ? (from.At, 0L) : (0L, plan.Skip);
        var remaining = request.From is null ? plan.Top : request.From.Remaining;
        // One row more than the page has shows whether there is another page.
        var limit = remaining <= request.PageSize ? remaining.Value : request.PageSize + 1L;
        var found = matching is null ? await Part(plan, request.Point, new(after, Skip: skip), limit, cancellation) : StoredOrder.Part(matching, after, skip, limit);
        if (!found.Succeeded(out var part, out var error))
        {
            return error;
        }
        var result = await Run(Statements.Page(plan, request.Point, part, limit), cancellation);
        if (result.Succeeded(out var rows, out _) && !StoredOrder.Holds(rows))
        {
            rows.Dispose();
            result = await Run(Statements.SortedPage(plan, request.Point, part, limit), cancellation);
        }
        if (!result.Succeeded(out rows, out error))
        {
            return error;
        }
        var count = Math.Min(rows.RowCount, request.PageSize);
        var next = rows.RowCount > count
            ? new PagePosition(request.Point, (long)rows.Value(count - 1, 0)!, remaining - count, null)
            : null;
        return new FeedPage(rows, count, null, next);
    }

    /// <summary>How far the rows of a page without conditions go where each costs more than a look at the table: no others are computed or joined.</summary>
    private async Task<Result<StoredPart>> Part(ReadPlan plan, AsOf point, StoredPart part, long limit, CancellationToken cancellation)
    {
        if (plan.Where is not null || (plan.Dataset.Extends is null && (plan.Dataset.IsView || !plan.Joins)))
        {
            return part;
        }
        if (!(await Run(Statements.PageOfAll(plan, point, part.After, Math.Min(part.Skip, int.MaxValue) + limit), cancellation)).Succeeded(out var sequences, out var error))
        {
            return error;
        }
        using (sequences)
        {
            // Should a scan ever give another order, these are not the ones of the page.
            return StoredOrder.Holds(sequences) ? part with { Last = StoredOrder.Sequences(sequences).DefaultIfEmpty(part.After).Last() } : part;
        }
    }

    private async Task<Result<FeedPage>> Ordered(ReadPlan plan, PageRequest request, CancellationToken cancellation)
    {
        if (!(await lists.InOrder(plan, request, cancellation)).Succeeded(out var order, out var error))
        {
            return error;
        }
        var start = (int)Math.Min(request.From?.At ?? 0, order.Length);
        var end = start + Math.Min(request.PageSize, order.Length - start);
        return (await Run(Statements.BySequence(plan, request.Point, order[start..end]), cancellation)).Succeeded(out var rows, out error)
            ? new FeedPage(rows, rows.RowCount, null, end < order.Length ? new PagePosition(request.Point, end, null, null) : null)
            : error;
    }

    private static bool IsLive(QueryRows rows) => rows.RowCount > 0 && rows.Value(0, 0) is not null;

    private Task<Result<QueryRows>> Run(SqlQuery query, CancellationToken cancellation) => engine.Execute(query, cancellation);
}
