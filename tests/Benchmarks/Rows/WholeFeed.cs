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
        await PageCheck.SameRows(scene.Client, scene.Ours("Casualties"), scene.Baseline(BaselineServer.AsListed));
        var measured = await Compare.InTurns(
            scene.Scale.Runs,
            () => All(scene, scene.Ours("Casualties")),
            () => Sample(scene, "Casualties"),
            () => Sample(scene, BaselineServer.AsListed));
        var (ours, sorted, asListed) = (measured[0], measured[1], measured[2]);
        var sample = $"{scene.Scale.BaselinePages} of its pages";
        return
        [
            new("whole feed, all pages, no compression, computed", PerSecond(ours), $"{PerSecond(sorted)} ({sample})", ours.FasterThan(sorted))
            {
                Targets =
                [
                    new($"≥ {LeastRatio} × baseline", ours.FasterThan(sorted) >= LeastRatio),
                    new("≥ 500,000 rows/s", ours.UnitsPerSecond >= LeastRowsPerSecond),
                ],
            },
            new("the same against the baseline without its sort by key", PerSecond(ours), $"{PerSecond(asListed)} ({sample})", ours.FasterThan(asListed)),
        ];
    }

    private static async Task<long> All(Scene scene, Uri feed)
    {
        var read = await scene.Client.Read(feed);
        Require(read.Rows == scene.Scale.Shape.Current, $"{feed} gave {read.Rows} rows, not {scene.Scale.Shape.Current}.");
        return read.Rows;
    }

    /// <summary>Reads pages from all depths of the baseline's feed, at the addresses that its next links have.</summary>
    private static async Task<long> Sample(Scene scene, string set)
    {
        var (size, pages, rows) = (scene.Scale.PageSize, scene.Scale.BaselinePages, 0L);
        for (var page = 0; page < pages; page++)
        {
            var depth = scene.Scale.Shape.Current / size * page / pages * size;
            rows += (await scene.Client.Read(scene.Baseline(depth == 0 ? set : $"{set}?$skip={depth}"), 1)).Rows;
        }

        Require(rows == (long)size * pages, $"{pages} pages of {set} gave {rows} rows.");
        return rows;
    }

    private static string PerSecond(Measurement measured) =>
        string.Create(CultureInfo.InvariantCulture, $"{measured.UnitsPerSecond:N0} rows/s");
}
