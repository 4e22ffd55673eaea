using System.Globalization;

namespace Benchmarks.Simulation;

/// <summary>The table of infra/SCALE.md on racing writers.</summary>
internal static class CommitRaceTable
{
    /// <summary>A call of the emulator on one machine, and one of Azure within a region, in milliseconds.</summary>
    private const double Emulator = 2.5, Azure = 10;

    /// <summary>Its rows: what is done, how fast a call is, how many writers, and what came of it.</summary>
    public static IEnumerable<string> Rows() =>
        from shape in new RaceShape[] { new(8, Emulator, IsBare: true), new(1, Azure), new(2, Azure), new(4, Azure), new(8, Azure), new(16, Azure), new(64, Azure) }
        let result = CommitRace.Run(shape)
        select string.Create(
            CultureInfo.InvariantCulture, $"| {(shape.IsBare ? "commits alone" : "submissions of one row")} | {shape.Latency} ms | {shape.Writers} | {result.CommitsASecond:0} | {result.Tries:0.0} | {result.Twentieth / 1000:0.0} s |");
}
