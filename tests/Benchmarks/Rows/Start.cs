using System.Globalization;
using Benchmarks.Data;
using Benchmarks.Harness;

namespace Benchmarks.Rows;

/// <summary>From the start of a process to the last byte of its first page, all revisions being in a checkpoint; and what it takes up then.</summary>
internal sealed class Start : BenchmarkRow
{
    private const double MostSeconds = 3, MostBytes = 1e9;

    public override string Name => "start";

    public override async Task<IReadOnlyList<RowResult>> Run(Scene scene)
    {
        await using var store = await CheckpointedStore.Make(new GeneratedReleases(scene.Scale.Shape));
        var starts = new List<ColdStart>();
        for (var run = 0; run < scene.Scale.Runs; run++)
        {
            starts.Add(await Alone.Start(store.ConnectionString));
            Require(starts[^1].Rows == Math.Min(scene.Scale.Shape.Current, DefaultPage), $"The first page has {starts[^1].Rows} rows.");
        }

        var seconds = new Measurement([.. starts.Select(start => new Harness.Run(1, start.Time))]).SecondsPerUnit;
        var processor = starts.Min(start => start.Processor.TotalSeconds);
        var bytes = starts.Max(start => start.MostBytes);
        return
        [
            new("process start to first page, all revisions in a checkpoint", string.Create(CultureInfo.InvariantCulture, $"{seconds:F2} s ({processor:F2} s of processor time at the least)"), "", null)
            {
                Targets = [new($"≤ {MostSeconds} s", seconds <= MostSeconds)],
            },
            new("the most memory that such a process has taken", string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:N0} MB"), "", null)
            {
                Targets = [new("≤ 1 GB resident", bytes <= MostBytes)],
            },
        ];
    }

    /// <summary>Rows on a page of an app whose settings are the default.</summary>
    private static int DefaultPage => new ConflictData.Settings().PageSize;
}
