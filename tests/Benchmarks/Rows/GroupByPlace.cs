using System.Text.Json;
using Benchmarks.Baseline;
using Benchmarks.Harness;

namespace Benchmarks.Rows;

/// <summary>Records and the sum of their lower bounds by place, a thousand groups.</summary>
internal sealed class GroupByPlace : RequestRow
{
    private const string Groups = "?$apply=groupby((PlaceId),aggregate($count as N,Low with sum as L))&$orderby=PlaceId";

    private const int Compared = 100;

    public override string Name => "group";

    protected override string What => "group by place";

    protected override bool IsKept => false;

    protected override double LeastRatio => 15;

    protected override string Path(Scale scale, int number) => "Casualties" + Groups;

    protected override string BaselinePath(Scale scale, int number) => BaselineServer.Groups + Groups;

    /// <summary>The groups that also a page of tiny data has. The sum of nothing but nulls is 0 in LINQ.</summary>
    protected override string Essence(JsonElement answer) => string.Join(' ', answer.GetProperty("value").EnumerateArray().Take(Compared)
        .Select(group => $"{group.GetProperty("PlaceId")}:{group.GetProperty("N")}:{Sum(group.GetProperty("L"))}"));

    private static long Sum(JsonElement value) => value.ValueKind == JsonValueKind.Null ? 0 : value.GetInt64();
}
