using System.Text.RegularExpressions;

namespace PowerBI.Tests.Report.Checks;

/// <summary>Every visual can be read and reached without seeing it: alternative text, tab order, titles with their units.</summary>
internal static partial class Reading
{
    private static readonly string[] Untitled = ["textbox", "actionButton", "pageNavigator", "slicer", "cardVisual"];

    public static IEnumerable<string> Find(PowerBiProject project) =>
        [.. project.Report.Visuals.SelectMany(AltText), .. project.Report.Pages.SelectMany(Order), .. project.Report.Visuals.SelectMany(Title), .. project.Report.Visuals.SelectMany(Headings)];

    private static IEnumerable<string> AltText(ReportVisual visual) => ReportVisual.Literal(visual.Container("general", "altText")) switch
    {
        null => [$"{visual.Place} has no alternative text"],
        { Length: < 15 or > 250 } => [$"{visual.Place} has an alternative text that is not between 15 and 250 characters"],
        var text when text == ReportVisual.Literal(visual.Container("title", "text")) => [$"{visual.Place} has its title for an alternative text"],
        _ => [],
    };

    /// <summary>Row by row, from left to right; what stands at the same place, shown in turn, is next to each other.</summary>
    private static IEnumerable<string> Order(ReportPage page)
    {
        var rows = page.Visuals.OrderBy(visual => visual.Box.Y).ThenBy(visual => visual.Box.X).ThenBy(visual => visual.TabOrder).Select(visual => visual.Name).ToList();
        var tabs = page.Visuals.OrderBy(visual => visual.TabOrder).Select(visual => visual.Name).ToList();
        var wrong = Enumerable.Range(0, rows.Count).FirstOrDefault(index => rows[index] != tabs[index], -1);
        return
        [
            .. page.Visuals.GroupBy(visual => visual.TabOrder).Where(group => group.Count() > 1).Select(group => $"{page.Folder} has {group.Count()} visuals of the tab order {group.Key}"),
            .. wrong < 0 ? Array.Empty<string>() : [$"{page.Folder} is tabbed to {tabs[wrong]} where a reader expects {rows[wrong]}"],
        ];
    }

    private static IEnumerable<string> Title(ReportVisual visual) => visual.Type switch
    {
        "slicer" => ReportVisual.Literal(visual.Object("header", "text")) is { Length: > 0 } ? [] : [$"{visual.Place} has no heading"],
        "cardVisual" => [],
        var type when Untitled.Contains(type) => [],
        _ when ReportVisual.Literal(visual.Container("title", "show")) != "true" => [$"{visual.Place} shows no title"],
        _ when visual.Container("title", "text")?["expr"]?["Measure"] is { } measure =>
            measure["Property"]!.GetValue<string>().EndsWith(" title", StringComparison.Ordinal) ? [] : [$"{visual.Place} takes its title from a measure that is none of titles"],
        _ => WithUnit().IsMatch(ReportVisual.Literal(visual.Container("title", "text")) ?? "") ? [] : [$"{visual.Place} has a title that does not end with its unit in brackets"],
    };

    /// <summary>A heading, or the entry of a legend, is words, not the name of a column run together; a slicer has a heading of its own.</summary>
    private static IEnumerable<string> Headings(ReportVisual visual) =>
        from entry in visual.Projections
        let heading = (entry.Projection["displayName"] ?? entry.Projection["nativeQueryRef"])!.GetValue<string>()
        where visual.Type != "slicer" && RunTogether().IsMatch(heading)
        select $"{visual.Place} has the heading {heading}, which is not written as words";

    [GeneratedRegex("[a-z][A-Z]")]
    private static partial Regex RunTogether();

    [GeneratedRegex(@"^\w.+ \([^()]+\)$")]
    private static partial Regex WithUnit();
}
