using ConflictData.Api;
using ConflictData.Query;

namespace ConflictData.OData;

/// <summary>
/// Answers, gzipped, the reads that everybody makes: a whole set in stored order, with or without $select. The rows of such a
/// page are the same for all readers of an effective point, so they are kept and joined with what stands around them.
/// </summary>
internal sealed class KeptFeed(FeedReader reader, Settings settings)
{
    private const int KeptTotals = 1000;

    /// <summary>Pages whose rows are in memory at once: some are being compressed while others are read.</summary>
    private readonly SemaphoreSlim rendering = new(4 * Environment.ProcessorCount);

    private readonly KeptPages pages = new(settings.KeptPagesMegabytes * 1_000_000L);

    /// <summary>Numbers of rows by set and effective point.</summary>
    private readonly RecentlyUsed<(string Set, AsOf Effective), long> totals = new(KeptTotals, (_, _) => 1);

    /// <summary>True for reads that are answered here.</summary>
    public static bool Answers(PreparedRead read)
    {
        var (request, plan) = (read.Request, read.Plan);
        return request.Representation is { TakesGzip: true, Format: AnswerFormat.Json } && RowShape.IsUsual(request.Representation)
            && request.Call.Pinned is null
            && request.Target is { Kind: TargetKind.Set, Via: null, IsReference: false }
            && read.Apply is null
            && plan is { Where: null, Order: null, Top: null, Skip: 0, Expanded.Count: 0 }
            && plan.Computed.Keys.All(name => name == ReferenceColumn.Name);
    }

    /// <summary>A page with the total that was asked for. Where both are kept, no query runs.</summary>
    public async Task<Result<GzipPage>> Page(PreparedRead read, ReadPoint at, CancellationToken cancellation)
    {
        if (!(await Total(read, at, cancellation)).Succeeded(out var total, out var error))
        {
            return error;
        }
        var plan = read.Plan;
        var columns = string.Join(',', plan.Columns.Select(column => column.Name));
        var key = new KeptPageKey(plan.Dataset.Name, at.Effective(plan.Reads), columns, read.From?.At ?? 0, read.PageSize);
        return (await pages.Get(key, stop => RenderInTurn(read, at, key, stop), cancellation)).Succeeded(out var page, out error)
            ? new GzipPage(page.Rows, page.RowCount, total, page.Last is { } last ? new PagePosition(at.Point, last, null, total) : null)
            : error;
    }

    private async Task<Result<KeptPage>> RenderInTurn(PreparedRead read, ReadPoint at, KeptPageKey key, CancellationToken cancellation)
    {
        await rendering.WaitAsync(cancellation);
        try
        {
            return await Render(read, at, key, cancellation);
        }
        finally
        {
            rendering.Release();
        }
    }

    private async Task<Result<KeptPage>> Render(PreparedRead read, ReadPoint at, KeptPageKey key, CancellationToken cancellation)
    {
        var request = new PageRequest(at.Point, new OrderKey(key.Effective, key.Set), read.From, key.PageSize);
        if (!(await reader.Page(read.Plan with { Count = false }, request, cancellation)).Succeeded(out var page, out var error))
        {
            return error;
        }
        using (page)
        {
            return new KeptPage(await PageDeflater.Rows(page, RowShape.Of(read.Request, read.Plan).Objects, cancellation), page.RowCount, page.Next?.At);
        }
    }

    /// <summary>The total that $count asks for: of a next link the one in its token, of a first page the kept one or that of a query.</summary>
    private async Task<Result<long?>> Total(PreparedRead read, ReadPoint at, CancellationToken cancellation)
    {
        if (read.From is not null || !read.Plan.Count)
        {
            return read.From?.Count;
        }
        var key = (read.Plan.Dataset.Name, at.Effective(read.Plan.Reads));
        if (!totals.TryFind(key, out var rows))
        {
            if (!(await reader.Count(read.Plan, at.Point, cancellation)).Succeeded(out rows, out var error))
            {
                return error;
            }
            totals.Keep(key, rows);
        }
        return rows;
    }
}
