using System.Globalization;
using Benchmarks.Harness;

namespace Benchmarks.Rows;

/// <summary>The whole feed over HTTP, all pages along the next links, no compression, computed.</summary>
internal sealed class WholeFeed : BenchmarkRow
{
    private const double LeastRatio = 30;
    private const double LeastRowsPerSecond = 500_000;

    public override string Name => "feed";

    public override async Task<RowResult> Run(Scene scene)
    {
        var (ourFeed, baselineFeed) = (scene.Ours("Casualties"), scene.Baseline("Casualties"));
        await PageCheck.SameRows(scene.Client, ourFeed, baselineFeed);
        var (ours, baseline) = await Compare.InTurns(
            scene.Scale.Runs,
            () => Rows(scene.Client, ourFeed, scene.Scale.Shape.Current, scene.Scale.Shape.Current),
            () => Rows(scene.Client, baselineFeed, scene.Scale.BaselineRows, scene.Scale.BaselineRows));
        var ratio = ours.FasterThan(baseline);
        return new(
            "whole feed, all pages, no compression, computed",
            PerSecond(ours),
            $"{PerSecond(baseline)} (its first {scene.Scale.BaselineRows.ToString("N0", CultureInfo.InvariantCulture)} rows)",
            string.Create(CultureInfo.InvariantCulture, $"{ratio:F1} ×"),
            [
                new($"≥ {LeastRatio} × baseline", ratio >= LeastRatio),
                new("≥ 500,000 rows/s", ours.UnitsPerSecond >= LeastRowsPerSecond),
            ]);
    }

    private static async Task<long> Rows(FeedClient client, Uri feed, long mostRows, long expected)
    {
        var read = await client.Read(feed, mostRows);
        Require(read.Rows == expected, $"{feed} gave {read.Rows} rows, not {expected}.");
        return read.Rows;
    }

    private static string PerSecond(Measurement measured) =>
        string.Create(CultureInfo.InvariantCulture, $"{measured.UnitsPerSecond:N0} rows/s");
}
