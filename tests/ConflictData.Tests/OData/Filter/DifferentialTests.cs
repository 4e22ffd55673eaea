using ConflictData.Datasets;
using ConflictData.Releases;
using CsCheck;

namespace ConflictData.Tests.OData.Filter;

/// <summary>The feed against a naive evaluator. FUZZ_CASES sets how many filters are tried.</summary>
public sealed class DifferentialTests
{
    private const int Rows = 60;

    private static readonly long Cases = long.TryParse(Environment.GetEnvironmentVariable("FUZZ_CASES"), out var cases) ? cases : 3000;

    [Fact]
    public async Task Random_filters_keep_the_rows_that_the_standard_keeps()
    {
        var rows = RandomFilters.Row.Array[Rows].Generate(new PCG(1, 2026), null, out _).DistinctBy(row => row[0]).ToArray();
        await using var engine = Feed.With(rows.Select(row => new Revision(Catalog.Get("Casualties"), (string)row[0]!, RevisionAction.Upsert, "new", row)));

        await RandomFilters.Any.SampleAsync(
            async filter => Assert.Equal(rows.Where(row => filter.Of(row) == true).Select(row => (string)row[0]!), await engine.Where(filter.Text)),
            iter: Cases, threads: 1, print: filter => filter.Text);
    }
}
