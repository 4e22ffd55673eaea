using System.Globalization;
using Benchmarks.Rows;

namespace Benchmarks.Harness;

/// <summary>Prints results as a Markdown table, which README.md takes over.</summary>
internal static class Table
{
    public static void PrintHead(TextWriter output)
    {
        output.WriteLine("| what | ours | baseline | ratio | must | met |");
        output.WriteLine("| --- | --- | --- | --- | --- | --- |");
    }

    public static void Print(TextWriter output, RowResult row)
    {
        var ratio = row.Ratio is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value:F1} ×") : "";
        var must = string.Join(", ", row.Targets.Select(target => target.Text));
        var met = string.Join(", ", row.Targets.Select(target => target.Met ? "yes" : "**no**"));
        output.WriteLine($"| {row.What} | {row.Ours} | {row.Baseline} | {ratio} | {must} | {met} |");
    }
}
