using System.Text.Json;
using Benchmarks.Harness;

namespace Benchmarks.Rows;

/// <summary>A filter over two columns, the first 50 rows and the number of all.</summary>
internal sealed class FilterAndCount : RequestRow
{
    public override string Name => "filter";

    protected override string What => "filter + count";

    protected override double LeastRatio => 15;

    protected override string Path(Scale scale, int number) => $"Casualties?$filter=Outcome eq 'missing' and Low gt {30 + number}&$count=true&$top=50";

    protected override string Essence(JsonElement answer) => answer.GetProperty("@odata.count").GetRawText();
}
