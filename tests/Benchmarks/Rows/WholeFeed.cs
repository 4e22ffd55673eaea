using System.Globalization;
using Benchmarks.Baseline;
using Benchmarks.Harness;

namespace Benchmarks.Rows;

/// <summary>The whole feed over HTTP, all pages along the next links, no compression, computed.</summary>
internal sealed class WholeFeed : BenchmarkRow
{
    private const double LeastRatio = 30;
    private const double LeastRowsPerSecond = 500_000;

    public override string Name => "feed";

    public override async Task<IReadOnlyList<RowResult>> Run(Scene scene)
    {
        var most = scene.Scale.BaselineRows;
        await PageCheck.SameRows(scene.Client, scene.Ours("Casualties"), scene.Baseline(BaselineServer.AsListed));
        var measured = await Compare.InTurns(
            scene.Scale.Runs,
            () => Rows(scene.Client, scene.Ours("Casualties"), scene.Scale.Shape.Current),
            () => Rows(scene.Client, scene.Baseline("Casualties"), most),
            () => Rows(scene.Client, scene.Baseline(BaselineServer.AsListed), most));
        var (ours, sorted, asListed) = (measured[0], measured[1], measured[2]);
        var first = string.Create(CultureInfo.InvariantCulture, $"its first {most:N0} rows");
        return
        [
            new("whole feed, all pages, no compression, computed", PerSecond(ours), $"{PerSecond(sorted)} ({first})", ours.FasterThan(sorted))
            {
                Targets =
                [
                    new($"≥ {LeastRatio} × baseline", ours.FasterThan(sorted) >= LeastRatio),
                    new("≥ 500,000 rows/s", ours.UnitsPerSecond >= LeastRowsPerSecond),
                ],
            },
            new("the same against the baseline without its sort by key", PerSecond(ours), $"{PerSecond(asListed)} ({first})", ours.FasterThan(asListed)),
        ];
    }

    /// <summary>Reads so many rows: all there are, or whole pages.</summary>
    private static async Task<long> Rows(FeedClient client, Uri feed, long expected)
    {
        var read = await client.Read(feed, expected);
        Require(read.Rows == expected, $"{feed} gave {read.Rows} rows, not {expected}.");
        return read.Rows;
    }

    private static string PerSecond(Measurement measured) =>
        string.Create(CultureInfo.InvariantCulture, $"{measured.UnitsPerSecond:N0} rows/s");
}
