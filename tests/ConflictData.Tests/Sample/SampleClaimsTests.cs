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
    [InlineData("Casualties", "killed", "hasaka-2022-killed-is", "374")]
    [InlineData("Casualties", "killed", "hasaka-2022-killed-sdf", "117")]
    [InlineData("Casualties", "killed", "hasaka-2022-killed-civilians", "31+")]
    [InlineData("Casualties", "killed", "hasaka-2022-", "522+")]
    [InlineData("Casualties", "displaced", "hasaka-2022-", "6001+")]
    [InlineData("Casualties", "killed", "iraq-2021-", "387")]
    [InlineData("Casualties", "injured", "iraq-2021-", "518")]
    [InlineData("Casualties", "killed", "", "922+")]
    [InlineData("Arrests", "arrested", "post-hasaka-2022-", "≈80 and 0–9")]
    [InlineData("Arrests", "released", "post-hasaka-2022-", "40")]
    [InlineData("Arrests", "inCustody", "post-hasaka-2022-", "10")]
    [InlineData("Arrests", "escaped", "hasaka-2022-", "1 without a number")]
    [InlineData("AttackCounts", "attacks", "deir-al-zor-2022-01-", "5+")]
    [InlineData("AttackCounts", "attacks", "iraq-2021-", "258+")]
    public void Totals_are_those_of_the_brief(string name, string outcome, string idsFrom, string label)
    {
        var (rows, result) = Check(Catalog.Get(name));
        var counted = rows.Where((row, i) => result.Additive[i] && row.Outcome == outcome && row.Id.StartsWith(idsFrom, StringComparison.Ordinal));
        Assert.Equal(label, Total.Of(counted.Select(row => row.Count)).Label);
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
