using Benchmarks.Harness;

namespace Benchmarks.Rows;

/// <summary>What must hold of a result.</summary>
internal readonly record struct Target(string Text, bool Met);

/// <summary>A line of the table.</summary>
internal sealed record RowResult(string What, string Ours, string Baseline, string Ratio, IReadOnlyList<Target> Targets);

/// <summary>One line of the table: measures ours against the baseline, and makes sure first that both give the same.</summary>
internal abstract class BenchmarkRow
{
    /// <summary>What --row calls it.</summary>
    public abstract string Name { get; }

    public abstract Task<RowResult> Run(Scene scene);

    protected static void Require(bool condition, string what)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"The benchmark does not measure what it says: {what}");
        }
    }
}
