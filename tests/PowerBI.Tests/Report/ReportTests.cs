using ConflictData.Datasets;
using PowerBI.Tests.Report.Checks;

namespace PowerBI.Tests.Report;

/// <summary>The report in the checkout, looked at by every check.</summary>
public class ReportTests
{
    internal static readonly Dictionary<string, Func<PowerBiProject, IEnumerable<string>>> Checks = new()
    {
        ["files"] = JsonFiles.Find,
        ["names"] = Names.Find,
        ["fields"] = Fields.Find,
        ["layout"] = Layout.Find,
        ["reading"] = Reading.Find,
        ["slicers"] = Slicers.Find,
        ["outcomes"] = Outcomes.Find,
        ["values"] = Values.Find,
        ["claims"] = Claims.Find,
        ["links"] = Links.Find,
        ["bookmarks"] = Bookmarks.Find,
        ["contrast"] = Contrast.Find,
        ["secrets"] = Secrets.Find,
        ["cli"] = AuthoringCli.Find,
    };

    private static readonly PowerBiProject Project = PowerBiProject.InCheckout;

    public static TheoryData<string> CheckNames => [.. Checks.Keys];

    [Theory]
    [MemberData(nameof(CheckNames))]
    public void Finds_nothing(string check) => Assert.Equal("", string.Join('\n', Checks[check](Project)));

    [Fact]
    public void Six_pages_are_opened_by_their_tabs_one_by_drilling_through_and_one_is_a_tooltip() =>
        Assert.Equal(
            ["Overview", "Casualties", "Attacks", "Arrests and detention", "Zones", "Sources and data quality", "Event (Drillthrough)", "Claims behind a total (Tooltip)"],
            Project.Report.PageList["pageOrder"]!.AsArray().Select(name => Project.Report.Page(name!.GetValue<string>())!)
                .Select(page => page.Json["displayName"]!.GetValue<string>() + (page.Kind is null ? "" : $" ({page.Kind})")));

    /// <summary>Whoever adds an outcome to a closed list is told that nobody would see it.</summary>
    [Theory]
    [InlineData("Casualties", "overview", "overviewCasualties")]
    [InlineData("Arrests", "arrests", "arrestsChain")]
    public void Every_outcome_has_a_figure_of_its_own(string dataset, string page, string cards)
    {
        var shown = Project.Report.Page(page)!.Visual(cards)!.Projections.Select(entry => FieldReference.Of(entry.Projection["field"]!).Name);
        var outcomes = Catalog.Find(dataset)!["Outcome"].Allowed.Select(outcome => outcome == "inCustody" ? "Still held" : char.ToUpperInvariant(outcome[0]) + outcome[1..]);
        Assert.Equal(outcomes.Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_overview_is_laid_out_for_telephones_and_shows_the_same_figures_there() =>
        Assert.Equal(
            ["overviewArea", "overviewClaimant", "overviewCountry", "overviewPages", "overviewReading", "overviewSource"],
            Project.Report.Page("overview")!.Visuals.Where(visual => visual.Mobile is null).Select(visual => visual.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Each_page_of_claims_is_shown_as_reported_or_as_totals_only() =>
        Assert.Equal(
            from page in new[] { "Arrests and detention", "Attacks", "Casualties" }
            from view in new[] { "as reported", "totals only" }
            select $"{page}: {view}",
            Project.Report.Bookmarks.Select(bookmark => bookmark.Json["displayName"]!.GetValue<string>()).Order(StringComparer.Ordinal));
}
