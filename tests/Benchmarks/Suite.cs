using Benchmarks.Data;
using Benchmarks.Harness;
using Benchmarks.Rows;

namespace Benchmarks;

/// <summary>All rows of the table, and what the arguments ask of them.</summary>
internal static class Suite
{
    /// <summary>What <see cref="GeneratedReleases.Hash"/> gives for the small shape. Another value means other rows: figures of before and after are then not comparable.</summary>
    private const string SmallHash = "f6f9f5e56e9f8db4913db34999832472093730738fc91833c9caca6154a3d70a";

    private static readonly BenchmarkRow[] All =
        [new WholeFeed(), new GzippedFeed(), new KeptFeed(), new FilterAndCount(), new ByKey(), new ContainsAndTop(), new GroupByPlace(), new DeepPage(), new Views(), new CsvDownload(), new CheckRows(), new Submit(), new Memory(), new Start()];

    /// <summary>Measures the rows that are asked for, all without --row, and prints the table.</summary>
    public static async Task Measure(string[] args)
    {
#if DEBUG
        Console.Error.WriteLine("This is a Debug build: its figures mean nothing. Run it with -c Release.");
#endif
        await using var scene = await Scene.Set(Scale.Full);
        Table.PrintHead(Console.Out);
        foreach (var row in All.Where(row => IsAsked(args, row.Name)))
        {
            foreach (var result in await row.Run(scene))
            {
                Table.Print(Console.Out, result);
            }
        }
    }

    /// <summary>Runs every row once on tiny data. Prints no figures: they would only be taken for measurements.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> Smoke()
    {
        if (new GeneratedReleases(FeedShape.Small).Hash() is var hash && hash != SmallHash)
        {
            Console.Error.WriteLine($"The generator gives other rows than before ({hash}): figures cannot be compared with earlier ones. If that is meant, change {nameof(SmallHash)}.");
            return 1;
        }

        await using var scene = await Scene.Set(Scale.Smoke);
        foreach (var row in All)
        {
            foreach (var result in await row.Run(scene))
            {
                Console.WriteLine($"{row.Name} runs: {result.What}");
            }
        }

        return 0;
    }

    private static bool IsAsked(string[] args, string row) => Array.IndexOf(args, "--row") is var at && (at < 0 || args.AsSpan(at + 1).Contains(row));
}
