using System.Globalization;
using Benchmarks.Harness;

namespace Benchmarks.Rows;

/// <summary>Resident memory of a process that holds all revisions and has served the feed once.</summary>
internal sealed class Memory : BenchmarkRow
{
    private const double MostBytes = 1e9;

    public override string Name => "memory";

    public override async Task<IReadOnlyList<RowResult>> Run(Scene scene)
    {
        var bytes = await Alone.Resident(scene.Scale == Scale.Smoke);
        return
        [
            new("memory with them loaded, the feed read once", string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:N0} MB"), "", null)
            {
                Targets = [new("≤ 1 GB resident", bytes <= MostBytes)],
            },
        ];
    }
}
