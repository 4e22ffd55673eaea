using ConflictData.Datasets;
using ConflictData.Query;
using ConflictData.Releases;
using CsCheck;

namespace ConflictData.Tests.OData.Filter;

/// <summary>The feed against a naive evaluator. FUZZ_CASES sets how many filters are tried.</summary>
public sealed class DifferentialTests
{
    private const int Rows = 60;

    /// <summary>Now and then a random filter has more parts than a caller's may have.</summary>
    private static readonly Settings Roomy = new() { MaxExpressionParts = 1000 };

    private static readonly long Cases = long.TryParse(Environment.GetEnvironmentVariable("FUZZ_CASES"), out var cases) ? cases : 2000;

    [Fact]
    public async Task Random_filters_keep_the_rows_that_the_standard_keeps()
    {
        var rows = MakeRows();
        await using var engine = MakeEngine(rows);

        await RandomFilters.Any.SampleAsync(
            async filter => Assert.Equal(rows.Where(row => filter.Of(row) == true).Select(row => (string)row[0]!), await engine.Where(filter.Text, Roomy)),
            iter: Cases, threads: 1, print: filter => filter.Text);
    }

    [Fact]
    public async Task Random_orders_sort_as_the_standard_sorts()
    {
        var rows = MakeRows();
        await using var engine = MakeEngine(rows);

        await Gen.Select(RandomWays.Key, Gen.Bool).Array[1, 3].SampleAsync(
            async keys =>
            {
                var sorted = rows.OrderBy(_ => 0);
                foreach (var ((_, of), descending) in keys)
                {
                    sorted = descending ? sorted.ThenByDescending(of) : sorted.ThenBy(of);
                }
                var order = string.Join(',', keys.Select(key => key.Item1.Text + (key.Item2 ? " desc" : "")));
                Assert.Equal(sorted.Select(row => (string)row[0]!), await engine.Ids("$orderby=" + order));
            },
            iter: Math.Min(Cases, 300), threads: 1, print: keys => string.Join(',', keys.Select(key => key.Item1.Text + key.Item2)));
    }

    private static object?[][] MakeRows() => [.. RandomFilters.Row.Array[Rows].Generate(new PCG(1, 2026), null, out _).DistinctBy(row => row[0])];

    private static Engine MakeEngine(object?[][] rows) => Feed.With(
        rows.Select(row => new Revision(Catalog.Get("Casualties"), (string)row[0]!, RevisionAction.Upsert, "new", row)).Concat(RandomWays.Places));
}
