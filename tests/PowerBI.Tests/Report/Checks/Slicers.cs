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
            .. expected.Count >= 4 ? Array.Empty<string>() : [$"{pages[0].Folder} has only {expected.Count} slicers that are shared"],
            .. pages.Where(page => !Shared(page).SequenceEqual(expected)).Select(page => $"{page.Folder} has other shared slicers than {pages[0].Folder}, or elsewhere"),
            .. pages.SelectMany(page => page.Visuals).Where(visual => visual.Type == "slicer" && Group(visual) is null).GroupBy(visual => visual.Box).Skip(1)
                .SelectMany(group => group).Select(visual => $"{visual.Place} stands elsewhere than the slicers of other pages for what is theirs alone"),
            .. project.Report.Pages.Where(page => !page.Visuals.Any(ShowsRelease)).Select(page => $"{page.Folder} does not show the release"),
        ];
    }

    private static IEnumerable<(FieldReference Field, Box Box, string? Mode, string Group)> Shared(ReportPage page) =>
        from visual in page.Visuals
        where visual.Type == "slicer" && Group(visual) is not null
        select (FieldReference.Of(visual.Projections.Single().Projection["field"]!), visual.Box, ReportVisual.Literal(visual.Object("data", "mode")), Group(visual)!);

    private static string? Group(ReportVisual visual) => visual.Json["visual"]!["syncGroup"] is { } group && group["filterChanges"]?.GetValue<bool>() == true ? group["groupName"]!.GetValue<string>() : null;

    private static bool ShowsRelease(ReportVisual visual) =>
        visual is { Type: "cardVisual", Hidden: false } && visual.Projections.Select(entry => FieldReference.Of(entry.Projection["field"]!)).SequenceEqual([Release]);
}
