using Benchmarks.Baseline;
using Benchmarks.Harness;

namespace Benchmarks.Rows;

/// <summary>The whole feed over HTTP, all pages along the next links, no compression, computed.</summary>
internal sealed class WholeFeed : FeedRow
{
    private const double LeastRatio = 30;
    private const double LeastRowsPerSecond = 500_000;

    public override string Name => "feed";

    public override async Task<IReadOnlyList<RowResult>> Run(Scene scene)
    {
        await PageCheck.SameRows(scene.Client, scene.Ours("Casualties"), scene.Baseline(BaselineServer.AsListed));
        var measured = await Compare.InTurns(
            scene.Scale.Runs,
            () => All(scene, scene.Client, scene.Ours("Casualties")),
            () => Sample(scene, "Casualties"),
            () => Sample(scene, BaselineServer.AsListed));
        var (ours, sorted, asListed) = (measured[0], measured[1], measured[2]);
        return
        [
            new("whole feed, all pages, no compression, computed", PerSecond(ours), $"{PerSecond(sorted)} ({SampleOf(scene)})", ours.FasterThan(sorted))
            {
                Targets =
                [
                    new($"≥ {LeastRatio} × baseline", ours.FasterThan(sorted) >= LeastRatio),
                    new("≥ 500,000 rows/s", ours.UnitsPerSecond >= LeastRowsPerSecond),
                ],
            },
            new("the same against the baseline without its sort by key", PerSecond(ours), $"{PerSecond(asListed)} ({SampleOf(scene)})", ours.FasterThan(asListed)),
        ];
    }
}
