using System.Globalization;
using Benchmarks.Harness;

namespace Benchmarks.Rows;

/// <summary>A row that reads the whole feed of Casualties and compares rows per second.</summary>
internal abstract class FeedRow : BenchmarkRow
{
    protected static string SampleOf(Scene scene) => $"{scene.Scale.BaselinePages} of its pages";

    /// <summary>Reads a feed of ours from its first page along the next links to its end.</summary>
    protected static async Task<long> All(Scene scene, FeedClient client, Uri feed)
    {
        var read = await client.Read(feed);
        RequireAll(scene, read.Rows, feed);
        return read.Rows;
    }

    /// <summary>Reads pages from all depths of the baseline's feed, at the addresses that its next links have.</summary>
    protected static async Task<long> Sample(Scene scene, string set)
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

    protected static void RequireAll(Scene scene, long rows, Uri feed) =>
        Require(rows == scene.Scale.Shape.Current, $"{feed} gave {rows} rows, not {scene.Scale.Shape.Current}.");

    protected static string PerSecond(Measurement measured) =>
        string.Create(CultureInfo.InvariantCulture, $"{measured.UnitsPerSecond:N0} rows/s");
}
