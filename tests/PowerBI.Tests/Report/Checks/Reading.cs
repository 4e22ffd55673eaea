using System.Text.RegularExpressions;
using static PowerBI.Tests.Report.JsonReading;

namespace PowerBI.Tests.Report.Checks;

/// <summary>Every visual can be read, and reached without being seen: alternative text, tab order, titles with units, headings in words.</summary>
internal static partial class Reading
{
    /// <summary>What says what it is by itself.</summary>
    private static readonly string[] Untitled = ["textbox", "actionButton", "pageNavigator", "cardVisual"];

    public static IEnumerable<string> Find(PowerBiProject project) =>
    [
        .. project.Report.Pages.SelectMany(Order),
        .. project.Report.Visuals.SelectMany(AltText),
        .. project.Report.Visuals.SelectMany(Title),
        .. project.Report.Visuals.SelectMany(Headings),
    ];

    /// <summary>Row by row, from left to right; what stands at the same place, shown in turn, is next to each other.</summary>
    private static IEnumerable<string> Order(ReportPage page)
    {
        var rows = page.Visuals.OrderBy(visual => visual.Box.Y).ThenBy(visual => visual.Box.X).ThenBy(visual => visual.TabOrder);
        var tabs = page.Visuals.OrderBy(visual => visual.TabOrder);
        return
        [
            .. from order in page.Visuals.GroupBy(visual => visual.TabOrder)
               where order.Count() > 1
               select $"{page.Folder} has {order.Count()} visuals of the tab order {order.Key}",
            .. rows.Zip(tabs).Where(pair => pair.First.Name != pair.Second.Name).Take(1)
                .Select(pair => $"{page.Folder} is tabbed to {pair.Second.Name} where a reader expects {pair.First.Name}"),
        ];
    }

    private static IEnumerable<string> AltText(ReportVisual visual) => ReportVisual.Literal(visual.Container("general", "altText")) switch
    {
        null => [$"{visual.Place} has no alternative text"],
        { Length: < 15 or > 250 } => [$"{visual.Place} has an alternative text that is not between 15 and 250 characters"],
        var text => If(text == ReportVisual.Literal(visual.Container("title", "text")), $"{visual.Place} has its title for an alternative text"),
    };

    private static IEnumerable<string> Title(ReportVisual visual)
    {
        var title = visual.Container("title", "text");
        return visual.Type switch
        {
            "slicer" => If(string.IsNullOrEmpty(ReportVisual.Literal(visual.Object("header", "text"))), $"{visual.Place} has no heading"),
            var type when Untitled.Contains(type) => [],
            _ when ReportVisual.Literal(visual.Container("title", "show")) != "true" => [$"{visual.Place} shows no title"],
            _ when title?["expr"]?["Measure"]?.Text("Property") is { } measure =>
                If(!measure.EndsWith(" title", StringComparison.Ordinal), $"{visual.Place} takes its title from a measure that is none of titles"),
            _ => If(!WithUnit().IsMatch(ReportVisual.Literal(title) ?? ""), $"{visual.Place} has a title that does not end with its unit in brackets"),
        };
    }

    /// <summary>A heading, or the entry of a legend, is words, not the name of a column run together; a slicer has a heading of its own.</summary>
    private static IEnumerable<string> Headings(ReportVisual visual) =>
        from entry in visual.Projections
        let heading = ReportVisual.Heading(entry.Projection)
        where visual.Type != "slicer" && RunTogether().IsMatch(heading)
        select $"{visual.Place} has the heading {heading}, which is not written as words";

    [GeneratedRegex("[a-z][A-Z]")]
    private static partial Regex RunTogether();

    [GeneratedRegex(@"^\w.+ \([^()]+\)$")]
    private static partial Regex WithUnit();
}
