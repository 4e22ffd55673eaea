using Benchmarks.Rows;

namespace Benchmarks.Harness;

/// <summary>Prints results as a Markdown table, which README.md takes over.</summary>
internal static class Table
{
    public static void Print(TextWriter output, IEnumerable<RowResult> results)
    {
        output.WriteLine("| what | ours | Microsoft.AspNetCore.OData over a list | ratio | must | met |");
        output.WriteLine("| --- | --- | --- | --- | --- | --- |");
        foreach (var row in results)
        {
            var must = string.Join(", ", row.Targets.Select(target => target.Text));
            var met = string.Join(", ", row.Targets.Select(target => target.Met ? "yes" : "**no**"));
            output.WriteLine($"| {row.What} | {row.Ours} | {row.Baseline} | {row.Ratio} | {must} | {met} |");
        }
    }
}
