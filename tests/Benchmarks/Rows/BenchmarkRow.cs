using Benchmarks.Harness;

namespace Benchmarks.Rows;

/// <summary>What must hold of a result.</summary>
internal readonly record struct Target(string Text, bool Met);

/// <summary>A line of the table. The ratio says how many times as fast ours is.</summary>
internal sealed record RowResult(string What, string Ours, string Baseline, double? Ratio)
{
    /// <summary>Empty where the line is there for comparison only.</summary>
    public IReadOnlyList<Target> Targets { get; init; } = [];
}

/// <summary>One row of the budgets: measures ours against the baseline, and makes sure first that both give the same.</summary>
internal abstract class BenchmarkRow
{
    /// <summary>What --row calls it.</summary>
    public abstract string Name { get; }

    public abstract Task<IReadOnlyList<RowResult>> Run(Scene scene);

    protected static void Require(bool condition, string what)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"The benchmark does not measure what it says: {what}");
        }
    }
}
