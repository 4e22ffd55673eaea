using System.Globalization;
using Benchmarks.Simulation;

namespace ConflictFunctions.Tests.Infra;

/// <summary>SCALE.md says of the benchmarks what their page says, and reckons as it says.</summary>
public sealed class ScaleTests
{
    private const string Page = "SCALE.md";

    [Fact]
    public void Figures_of_the_benchmarks_are_those_of_their_page()
    {
        var rows = File.ReadAllLines(Path.Combine(Bicep.Folder, "..", "tests", "Benchmarks", "README.md"));
        foreach (var cells in InfraPage.Table(Page, "## What was measured").Where(cells => cells[2] == "Benchmarks"))
        {
            var what = cells[0] == "the same, processor time" ? "process start to first page, all revisions in a checkpoint" : cells[0];
            Assert.True(
                rows.Any(row => row.StartsWith($"| {what}", StringComparison.Ordinal) && Figures(row).Contains(cells[1])),
                $"{Page} says {cells[1]} of \"{what}\"; the page of the benchmarks says something else.");
        }
    }

    [Fact]
    public void Looks_are_one_in_two_seconds_for_each_instance() => Assert.All(
        InfraPage.Table(Page, "## What Azure allows", "instances"),
        row => Assert.Equal([$"{Number(row[0]) / 2:0.#}", $"{Number(row[0]) / 2 / 2000:0.0 %}"], row[1..].Select(cell => cell.Replace(",", "", StringComparison.Ordinal))));

    [Fact]
    public void The_race_of_writers_comes_out_as_the_page_has_it() => Assert.Equal(
        CommitRaceTable.Rows(),
        InfraPage.Table(Page, "## What Azure allows", "what").Select(cells => $"| {string.Join(" | ", cells)} |"));

    [Fact]
    public void Starts_grow_with_the_revisions()
    {
        var (empty, full, busy, read) = (Figure("process start to first page, next"), Figure("process start to first page, all"), Figure("the same, processor"), Figure("revisions read back"));
        foreach (var row in InfraPage.Table(Page, "## What a cold start costs"))
        {
            var millions = Number(row[0]) / 1_000_000;
            double[] seconds = [empty + ((full - empty) * millions), empty + ((busy - empty) * millions), empty + (millions * 1_000_000 / read)];
            Assert.Equal(seconds.Select(time => time.ToString("0.0", CultureInfo.InvariantCulture)), row[1..]);
        }
    }

    [Fact]
    public void One_core_does_half_of_what_two_do()
    {
        var expected = new[]
        {
            500 / Figure("a record by key"), 500 / Figure("filter + count"), Figure("whole feed gzipped") / 10_000 / 2, Figure("whole feed from kept pages") / 10_000 / 2,
            500 / Figure("a page of CasualtiesWide"),
        };
        Assert.Equal(expected.Select(calls => Math.Floor(calls)), InfraPage.Table(Page, "## When to add instances that read").Select(row => Number(row[1])));
    }

    [Fact]
    public async Task Memory_is_what_the_template_gives()
    {
        var settings = (await Bicep.Compiled()).Given("functions", "settings");
        var (engine, kept) = (settings["EngineMemory"]!.GetValue<string>(), settings["KeptPagesMegabytes"]!.GetValue<string>());
        foreach (var row in InfraPage.Table(Page, "## When the engine goes to a file"))
        {
            Assert.Contains($"'{row[1].Replace(",", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal)}'", engine, StringComparison.Ordinal);
            Assert.Equal(Number(row[1]) * 1500, Number(row[2]));
        }

        Assert.Contains("'128'", kept, StringComparison.Ordinal);
        var rows = (Math.Round(128 / Figure("a gzipped page")) * 10_000).ToString("N0", CultureInfo.InvariantCulture);
        Assert.Contains($"128 MB hold the gzipped pages of {rows} rows", File.ReadAllText(Path.Combine(Bicep.Folder, Page)), StringComparison.Ordinal);
    }

    /// <summary>What stands in a row, without what stands in brackets after it.</summary>
    private static IEnumerable<string> Figures(string row) =>
        row.Split('|', '(').SelectMany(cell => new[] { cell.Trim(), string.Join(' ', cell.Trim().Split(' ').Take(2)) });

    private static double Figure(string what) => Number(InfraPage.Table(Page, "## What was measured").Single(cells => cells[0].StartsWith(what, StringComparison.Ordinal))[1]);

    private static double Number(string cell) => double.Parse(cell.Split(' ')[0], NumberStyles.Number, CultureInfo.InvariantCulture);
}
