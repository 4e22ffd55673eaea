namespace Benchmarks.Harness;

/// <summary>One run: how much was done and how long it took.</summary>
/// <param name="Units">Rows or requests.</param>
/// <param name="Time">Wall time.</param>
internal readonly record struct Run(long Units, TimeSpan Time)
{
    public double SecondsPerUnit => Time.TotalSeconds / Units;
}

/// <summary>The runs of one contender. What counts is the median.</summary>
internal sealed record Measurement(IReadOnlyList<Run> Runs)
{
    public double SecondsPerUnit { get; } = Median([.. Runs.Select(run => run.SecondsPerUnit).Order()]);

    public double UnitsPerSecond => 1 / SecondsPerUnit;

    public double Milliseconds => SecondsPerUnit * 1000;

    /// <summary>How many times as long the other one takes.</summary>
    public double FasterThan(Measurement other) => other.SecondsPerUnit / SecondsPerUnit;

    private static double Median(double[] sorted) =>
        (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}
