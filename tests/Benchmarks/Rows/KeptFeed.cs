using Benchmarks.Baseline;
using Benchmarks.Harness;

namespace Benchmarks.Rows;

/// <summary>
/// The whole feed from pages that our server has kept gzipped since an earlier read. Once read as bytes, the addresses of the
/// pages known, which is what the server can do; and once as a refresh reads it, decompressing each page to find the next.
/// </summary>
internal sealed class KeptFeed : FeedRow
{
    private const double LeastRatio = 100;

    public override string Name => "kept";

    public override async Task<IReadOnlyList<RowResult>> Run(Scene scene)
    {
        using var client = new FeedClient(gzip: true);
        using var bytes = new CompressedPages();
        var feed = scene.Kept("Casualties");
        await PageCheck.SameRows(client, feed, scene.Baseline(BaselineServer.AsListed));
        var pages = await client.Pages(feed);
        var measured = await Compare.InTurns(
            scene.Scale.Runs, () => AsBytes(scene, bytes, pages), () => All(scene, client, feed), () => Sample(scene, "Casualties"));
        RequireAll(scene, bytes.Rows(), feed);
        var (asBytes, asRows, baseline) = (measured[0], measured[1], measured[2]);
        var ratio = asBytes.FasterThan(baseline);
        return
        [
            new("whole feed from kept pages, read as gzip and decompressed after the clock has stopped", PerSecond(asBytes), $"{PerSecond(baseline)} ({SampleOf(scene)})", ratio)
            {
                Targets = [new($"≥ {LeastRatio} × baseline", ratio >= LeastRatio)],
            },
            new("the same along its next links, every page decompressed within the clock", PerSecond(asRows), $"{PerSecond(baseline)} ({SampleOf(scene)})", asRows.FasterThan(baseline)),
        ];
    }

    /// <summary>The rows are counted afterwards, in what the last run read.</summary>
    private static async Task<long> AsBytes(Scene scene, CompressedPages bytes, IReadOnlyList<Uri> pages)
    {
        await bytes.Read(pages);
        return scene.Scale.Shape.Current;
    }
}
