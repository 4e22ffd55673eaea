using System.Text.Json;
using Benchmarks.Harness;

namespace Benchmarks.Rows;

/// <summary>A search in a text column, ordered, the first 50.</summary>
internal sealed class ContainsAndTop : RequestRow
{
    public override string Name => "contains";

    protected override string What => "contains() + orderby + top 50";

    protected override double LeastRatio => 4;

    protected override string Path(Scale scale, int number) => "Casualties?$filter=contains(Note,'hospital')&$orderby=PlaceId desc,Id&$top=50";

    protected override string Essence(JsonElement answer) => Ids(answer);
}
