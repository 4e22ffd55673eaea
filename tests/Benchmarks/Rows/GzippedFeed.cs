using Benchmarks.Baseline;
using Benchmarks.Harness;

namespace Benchmarks.Rows;

/// <summary>The whole feed gzipped, every page computed: our server keeps none. The client decompresses as it reads.</summary>
internal sealed class GzippedFeed : FeedRow
{
    private const double LeastRatio = 10;

    public override string Name => "gzip";

    public override async Task<IReadOnlyList<RowResult>> Run(Scene scene)
    {
        using var client = new FeedClient(gzip: true);
        var feed = scene.Ours("Casualties");
        await PageCheck.SameRows(client, feed, scene.Baseline(BaselineServer.AsListed));
        var measured = await Compare.InTurns(scene.Scale.Runs, () => All(scene, client, feed), () => Sample(scene, "Casualties"));
        var ratio = measured[0].FasterThan(measured[1]);
        return
        [
            new("whole feed gzipped, computed; the baseline not compressed", PerSecond(measured[0]), $"{PerSecond(measured[1])} ({SampleOf(scene)})", ratio)
            {
                Targets = [new($"≥ {LeastRatio} × baseline", ratio >= LeastRatio)],
            },
        ];
    }
}
