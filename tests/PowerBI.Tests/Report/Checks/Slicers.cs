using static PowerBI.Tests.Report.JsonReading;

namespace PowerBI.Tests.Report.Checks;

/// <summary>The same slicers stand in the same place on every page that a reader opens, move together, and every page says which release it shows.</summary>
internal static class Slicers
{
    private static readonly FieldReference Release = new(true, "Releases", "Release shown");

    public static IEnumerable<string> Find(PowerBiProject project)
    {
        var pages = project.Report.Pages.Where(page => page.Kind is null).ToList();
        var expected = Shared(pages[0]).ToList();
        return
        [
            .. from page in pages
               where !Shared(page).SequenceEqual(expected)
               select $"{page.Folder} has other shared slicers than {pages[0].Folder}, or elsewhere",
            .. from place in pages.SelectMany(page => page.Visuals).Where(visual => visual.Type == "slicer" && Group(visual) is null).GroupBy(visual => visual.Box).Skip(1)
               from visual in place
               select $"{visual.Place} stands elsewhere than the slicers of other pages for what is theirs alone",
            .. project.Report.Pages.SelectMany(page => If(!page.Visuals.Any(ShowsRelease), $"{page.Folder} does not show the release")),
        ];
    }

    private static IEnumerable<(FieldReference Field, Box Box, string? Mode, string Group)> Shared(ReportPage page) =>
        from visual in page.Visuals
        where visual.Type == "slicer" && Group(visual) is not null
        let field = FieldReference.Of(visual.Projections.Single().Projection["field"]!)
        select (field, visual.Box, ReportVisual.Literal(visual.Object("data", "mode")), Group(visual)!);

    /// <summary>The group of slicers that a slicer's choice goes to; null where it keeps it to itself.</summary>
    private static string? Group(ReportVisual visual) =>
        visual.Json["visual"]!["syncGroup"] is { } group && group["filterChanges"]?.GetValue<bool>() == true ? group.Text("groupName") : null;

    private static bool ShowsRelease(ReportVisual visual) => visual is { Type: "cardVisual", Hidden: false } && visual.Fields.SequenceEqual([Release]);
}
