using ConflictData.Datasets;
using ConflictData.OData;
using ConflictData.Query;
using ConflictData.Releases;
using ConflictData.Tests.Query;

namespace ConflictData.Tests.OData;

/// <summary>Plans queries and runs them on an engine, without HTTP.</summary>
internal static class Feed
{
    public static readonly DateTimeOffset CommittedAt = new(2022, 2, 3, 4, 5, 6, 250, TimeSpan.Zero);

    /// <summary>An engine with one release, committed at <see cref="CommittedAt"/>.</summary>
    public static Engine With(params IEnumerable<Revision> revisions)
    {
        var log = new TestLog();
        log.Add(revisions, CommittedAt);
        var engine = EngineReading.NewEngine();
        engine.Apply(log.Commits, CancellationToken.None);
        return engine;
    }

    /// <summary>The ids of the casualties that a query string gives, in its order.</summary>
    public static async Task<string[]> Ids(this Engine engine, string query, string dataset = "Casualties", Settings? limits = null)
    {
        Assert.True(Plan(query, dataset, limits).Succeeded(out var plan, out var error), error?.Detail);
        var point = new AsOf(engine.History.Commits.Count);
        var request = new PageRequest(point, new(point, query), null, 100_000);
        var read = await new FeedReader(engine).Page(plan, request, TestContext.Current.CancellationToken);
        Assert.True(read.Succeeded(out var page, out error), error?.Detail);
        using (page)
        {
            return [.. Enumerable.Range(0, page.RowCount).Select(row => (string)page.Rows.Value(row, 1)!)];
        }
    }

    public static Task<string[]> Where(this Engine engine, string filter, Settings? limits = null) =>
        engine.Ids("$filter=" + Uri.EscapeDataString(filter), limits: limits);

    public static ConflictData.Api.ApiError Refused(string query, string dataset = "Casualties", Settings? limits = null)
    {
        Assert.False(Plan(query, dataset, limits).Succeeded(out _, out var error));
        return error;
    }

    public static ConflictData.Api.Result<ReadPlan> Plan(string query, string dataset, Settings? limits = null)
    {
        limits ??= new();
        if (!RequestOptions.Read(query).Succeeded(out var options, out var error))
        {
            return error;
        }
        return new QueryBinder(limits).Bind(Catalog.Get(dataset), options).Succeeded(out var bound, out error) ? Planner.Plan(bound, limits) : error;
    }
}
