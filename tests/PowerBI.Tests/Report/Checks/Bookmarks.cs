using System.Text.Json.Nodes;
using static PowerBI.Tests.Report.JsonReading;

namespace PowerBI.Tests.Report.Checks;

/// <summary>Every bookmark is listed, has a button, and changes visuals that there are, on a page that there is.</summary>
internal static class Bookmarks
{
    public static IEnumerable<string> Find(PowerBiProject project)
    {
        var report = project.Report;
        var pressed = report.Visuals.Select(visual => ReportVisual.Literal(visual.Container("visualLink", "bookmark"))).OfType<string>().ToHashSet();
        return
        [
            .. If(!Listed(report.BookmarkList).SequenceEqual(report.Bookmarks.Select(bookmark => bookmark.Name).Order(StringComparer.Ordinal)), "bookmarks.json does not list the bookmarks"),
            .. report.Bookmarks.Where(bookmark => !pressed.Contains(bookmark.Name)).Select(bookmark => $"the bookmark {bookmark.Name} has no button"),
            .. report.Bookmarks.SelectMany(bookmark => Targets(report, bookmark)),
        ];
    }

    /// <summary>The names in the list, those in groups too.</summary>
    private static IEnumerable<string> Listed(JsonNode list) =>
        list.Items("items")
            .SelectMany(item => item["children"] is null ? [item.Text("name")] : item.Items("children").Select(child => child.GetValue<string>()))
            .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Targets(ReportDefinition report, ReportBookmark bookmark)
    {
        var state = bookmark.Json["explorationState"]!;
        var active = state.Text("activeSection");
        var told = (from page in state["sections"]!.AsObject()
                    from visual in page.Value!["visualContainers"]!.AsObject()
                    select (Page: page.Key, Visual: visual.Key, Type: visual.Value!["singleVisual"]!.Text("visualType"))).ToList();
        var targets = bookmark.Json["options"]!.Items("targetVisualNames").Select(name => name.GetValue<string>());
        return
        [
            .. If(report.Page(active) is null, $"the bookmark {bookmark.Name} is of the page {active}, which there is not"),
            .. If(!targets.Order().SequenceEqual(told.Select(entry => entry.Visual).Order()), $"the bookmark {bookmark.Name} changes other visuals than it tells of"),
            .. from entry in told
               where report.Page(entry.Page)?.Visual(entry.Visual)?.Type != entry.Type
               select $"the bookmark {bookmark.Name} tells of {entry.Page}/{entry.Visual}, which is not there or of another type",
        ];
    }
}
