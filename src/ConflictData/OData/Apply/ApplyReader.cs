using ConflictData.Api;
using ConflictData.Query;

namespace ConflictData.OData;

/// <summary>Runs an <see cref="ApplyPlan"/> on the engine, a page at a time.</summary>
internal sealed class ApplyReader(Engine engine, Settings settings)
{
    public async Task<Result<FeedPage>> Page(ApplyPlan plan, PageRequest request, CancellationToken cancellation)
    {
        var total = request.From?.Count;
        if (plan.Counted is not null && total is null)
        {
            if (!(await Run(ApplyStatements.Count(plan, request.Point), cancellation)).Succeeded(out var counted, out var failure))
            {
                return failure;
            }
            using (counted)
            {
                total = (long)counted.Value(0, 0)!;
            }
        }
        var start = request.From?.At ?? 0;
        // One row more than the page has shows whether there is another page.
        if (!(await Run(ApplyStatements.Rows(plan, request.Point, start, request.PageSize + 1L), cancellation)).Succeeded(out var rows, out var error))
        {
            return error;
        }
        var count = Math.Min(rows.RowCount, request.PageSize);
        var next = rows.RowCount > count ? new PagePosition(request.Point, start + count, null, total) : null;
        return new FeedPage(rows, count, total, next);
    }

    private async Task<Result<QueryRows>> Run(SqlQuery query, CancellationToken cancellation)
    {
        var result = await engine.Execute(query, cancellation);
        return result.Error is { } error && Explain(error.Detail) is { } words
            ? new ApiError(ErrorCode.BadQuery, words) { Target = "$apply" }
            : result;
    }

    /// <summary>What the engine cannot say in the caller's terms.</summary>
    private string? Explain(string detail) =>
        detail.Contains("INT128", StringComparison.Ordinal) ? "A sum is larger than a 64-bit integer can hold. Narrow the query."
        : detail.Contains("groups", StringComparison.Ordinal) ? $"The query makes more than {settings.MaxGroups} groups. Filter before it groups, or group by less."
        : null;
}
