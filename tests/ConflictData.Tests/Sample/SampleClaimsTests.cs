using ConflictData.Datasets;
using ConflictData.Datasets.Claims;
using ConflictData.Datasets.Counts;
using ConflictData.Submissions;

namespace ConflictData.Tests.Sample;

/// <summary>What the sample's parts and rival claims come to; the expected totals were worked out by hand from the brief.</summary>
public sealed class SampleClaimsTests
{
    private static readonly Dictionary<string, string?> ParentPlaces = Parents();

    public static TheoryData<string> Datasets => [.. Catalog.All.Where(dataset => dataset.HasCounts).Select(dataset => dataset.Name)];

    [Theory]
    [MemberData(nameof(Datasets))]
    public void Parts_and_claims_hold_together_and_nothing_looks_counted_twice(string name)
    {
        var (_, result) = Check(Catalog.Get(name));
        Assert.Empty(result.Errors);
        Assert.Empty(result.Warnings);
    }

    [Theory]
    [InlineData("Casualties", "killed", "hasaka-2022-", 374 + 40 + 77 + 31, null, 0, 0)]
    [InlineData("Casualties", "killed", "iraq-2021-", 387, 387L, 0, 0)]
    [InlineData("Casualties", "displaced", "hasaka-2022-", 6001, null, 0, 0)]
    [InlineData("Arrests", "arrested", "post-hasaka-2022-", 0, 9L, 80, 0)]
    [InlineData("Arrests", "released", "post-hasaka-2022-", 40, 40L, 0, 0)]
    [InlineData("Arrests", "inCustody", "post-hasaka-2022-", 10, 10L, 0, 0)]
    [InlineData("Arrests", "escaped", "hasaka-2022-", 0, 0L, 0, 1)]
    [InlineData("AttackCounts", "attacks", "deir-al-zor-2022-01-", 5, null, 0, 0)]
    [InlineData("AttackCounts", "attacks", "iraq-2021-", 258, null, 0, 0)]
    public void Totals_are_those_of_the_brief(string name, string outcome, string ids, long low, long? high, long about, int unnumbered)
    {
        var (rows, result) = Check(Catalog.Get(name));
        var counted = rows.Where((row, i) => result.Additive[i] && row.Outcome == outcome && row.Id.StartsWith(ids, StringComparison.Ordinal)).ToList();
        var bounded = counted.Where(row => row.Count.Low is not null || row.Count.High is not null).ToList();
        Assert.Equal(low, bounded.Sum(row => row.Count.Low ?? 0));
        Assert.Equal(high, bounded.Exists(row => row.Count.High is null) ? null : bounded.Sum(row => row.Count.High));
        Assert.Equal(about, counted.Except(bounded).Sum(row => row.Count.Best ?? 0));
        Assert.Equal(unnumbered, counted.Count(row => row.Count == default));
    }

    private static (List<ClaimRow> Rows, ClaimsResult Result) Check(Dataset dataset)
    {
        var rows = SampleFiles.Rows(dataset).ConvertAll(row => ClaimRow.From(dataset, RowCheck.Check(row).Row!.Values, row.Row));
        return (rows, ClaimRules.Check(dataset, rows, ParentPlaces.GetValueOrDefault));
    }

    private static Dictionary<string, string?> Parents()
    {
        var places = Catalog.Get("Places");
        return SampleFiles.Rows(places).ToDictionary(row => row.Cells[0]!, row => row.Cells[places["ParentId"].Ordinal] is { Length: > 0 } parent ? parent : null);
    }
}
