using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.Query;

namespace ConflictData.OData;

/// <summary>Runs plans on the engine: the one stage that is not a pure function.</summary>
internal sealed class FeedReader
{
    /// <summary>So many rows of a page, or fewer, are read one by one.</summary>
    private const int FewRows = 200;

    private readonly Engine engine;
    private readonly Tallies tallies;
    private readonly SequenceLists lists;

    public FeedReader(Engine engine)
    {
        (this.engine, tallies) = (engine, new(engine));
        lists = new(engine, new(engine, tallies));
    }

    /// <summary>Sees to it that there is what the plan reads; null when there is.</summary>
    public Task<ApiError?> Prepare(ReadPlan plan, AsOf point, CancellationToken cancellation) => engine.Prepare(plan.Reads, point, cancellation);

    public async Task<Result<FeedPage>> Page(ReadPlan plan, PageRequest request, CancellationToken cancellation)
    {
        var (total, matching, error) = (request.From?.Count, (long[]?)null, (ApiError?)null);
        if (plan is { IsListed: true, Order: null } && !(await lists.Matching(plan, request, cancellation)).Succeeded(out matching, out error))
        {
            return error;
        }
        var wanted = Wanted(plan, request);
        var tallied = Tallied.Unknown;
        if (plan.Count && total is null)
        {
            var counted = matching is null ? await Count(plan, request.Point, wanted, cancellation) : Tallied.Unknown with { Count = matching.Length };
            if (!counted.Succeeded(out tallied, out error))
            {
                return error;
            }
            total = tallied.Count;
        }
        else if (wanted.Most > 0)
        {
            tallied = tallies.TryCount(plan.Dataset, plan.Tally!, request.Point.Release, wanted);
        }
        var page = plan.Order is not null ? await Ordered(plan, request, cancellation)
            : wanted.Most > 0 && tallied.IsKnown && RowsAtHand(plan, request.Point, tallied.Wanted) is { } rows ? Page(request, plan, rows)
            : await Stored(plan, request, matching, cancellation);
        return page.Succeeded(out var read, out error) && ExpandLimit.Check(plan, read.Rows).Succeeded(out _, out error)
            ? read with { Total = total, Next = read.Next is { } next ? next with { Count = total } : null }
            : error;
    }

    public async Task<Result<long>> Count(ReadPlan plan, AsOf point, CancellationToken cancellation) =>
        (await Count(plan, point, default, cancellation)).Succeeded(out var tallied, out var error) ? tallied.Count : error;

    /// <summary>How many rows there are; where no query counts them, also which of them are wanted.</summary>
    private async Task<Result<Tallied>> Count(ReadPlan plan, AsOf point, Wanted wanted, CancellationToken cancellation)
    {
        if (plan.Tally is { } condition)
        {
            var counted = await tallies.Count(plan.Dataset, condition, point.Release, wanted, cancellation);
            if (!counted.Succeeded(out var tallied, out _) || tallied.IsKnown)
            {
                return counted;
            }
        }
        if (!(await Run(Statements.Count(plan, point), cancellation)).Succeeded(out var rows, out var error))
        {
            return error;
        }
        using (rows)
        {
            return Tallied.Unknown with { Count = (long)rows.Value(0, 0)! };
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
        if (RowsAtHand(plan, point, [sequence]) is { } atHand)
        {
            return atHand;
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
        var (after, skip, limit) = Bounds(plan, request);
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
        return Page(request, plan, rows);
    }

    /// <summary>After which row a page begins, how many rows lie between, and how many are read.</summary>
    private static (long After, long Skip, long Limit) Bounds(ReadPlan plan, PageRequest request)
    {
        var (after, skip) = request.From is { } from ? (from.At, 0L) : (0L, plan.Skip);
        // One row more than the page has shows whether there is another page.
        return (after, skip, Remaining(plan, request) is { } remaining && remaining <= request.PageSize ? remaining : request.PageSize + 1L);
    }

    private static long? Remaining(ReadPlan plan, PageRequest request) => request.From is null ? plan.Top : request.From.Remaining;

    private static FeedPage Page(PageRequest request, ReadPlan plan, QueryRows rows)
    {
        var count = Math.Min(rows.RowCount, request.PageSize);
        var next = rows.RowCount > count
            ? new PagePosition(request.Point, (long)rows.Value(count - 1, 0)!, Remaining(plan, request) - count, null)
            : null;
        return new FeedPage(rows, count, null, next);
    }

    /// <summary>The rows of a page that a condition on kept columns leads to; none where another way is taken.</summary>
    private static Wanted Wanted(ReadPlan plan, PageRequest request)
    {
        var (after, skip, limit) = Bounds(plan, request);
        return plan is { Order: null, Where: not null, Tally: not null, IsOfOwnColumns: true } && limit <= FewRows ? new(after, skip, (int)limit) : default;
    }

    /// <summary>The rows with those sequence numbers, which are live, where no query is needed for them.</summary>
    private QueryRows? RowsAtHand(ReadPlan plan, AsOf point, ReadOnlySpan<long> sequences) => plan.IsOfOwnColumns && sequences.Length <= FewRows
        ? engine.RowsAtHand(plan.Dataset, ExpandSql.ToRead(plan), sequences, point.Release)
        : null;

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
        var found = RowsAtHand(plan, request.Point, order.AsSpan(start..end)) is { } atHand ? atHand
            : await Run(Statements.BySequence(plan, request.Point, order[start..end]), cancellation);
        return found.Succeeded(out var rows, out error)
            ? new FeedPage(rows, rows.RowCount, null, end < order.Length ? new PagePosition(request.Point, end, null, null) : null)
            : error;
    }

    private static bool IsLive(QueryRows rows) => rows.RowCount > 0 && rows.Value(0, 0) is not null;

    private Task<Result<QueryRows>> Run(SqlQuery query, CancellationToken cancellation) => engine.Execute(query, cancellation);
}
