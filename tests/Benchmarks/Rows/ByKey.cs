using System.Text.Json;
using Benchmarks.Data;
using Benchmarks.Harness;

namespace Benchmarks.Rows;

/// <summary>One record by its key.</summary>
internal sealed class ByKey : RequestRow
{
    public override string Name => "key";

    protected override string What => "a record by key";

    protected override double LeastRatio => 15;

    /// <summary>Records from all over the set, of those that are neither corrected nor retracted.</summary>
    protected override string Path(Scale scale, int number) =>
        $"Casualties('{CasualtyCells.Id((int)((long)number * scale.Shape.Current / scale.Requests / FeedShape.Group * FeedShape.Group))}')";

    protected override string Essence(JsonElement answer) => answer.GetProperty("Id").GetString()! + answer.GetProperty("SourceLocator").GetString();
}
