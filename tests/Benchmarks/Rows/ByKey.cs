using System.Text.Json;
using Benchmarks.Data;
using Benchmarks.Harness;

namespace Benchmarks.Rows;

/// <summary>One record by its key.</summary>
internal sealed class ByKey : RequestRow
{
    /// <summary>Steps far through the set, and comes to no record again for long.</summary>
    private const long Stride = 76_543;

    public override string Name => "key";

    protected override string What => "a record by key";

    protected override double LeastRatio => 15;

    /// <summary>Records from all over the set, of those that are neither corrected nor retracted.</summary>
    protected override string Path(Scale scale, int number) =>
        $"Casualties('{CasualtyCells.Id((int)(number * Stride % scale.Shape.Current / FeedShape.Group * FeedShape.Group))}')";

    protected override string Essence(JsonElement answer) => answer.GetProperty("Id").GetString()! + answer.GetProperty("SourceLocator").GetString();
}
