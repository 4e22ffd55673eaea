using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PowerBI.Tests.Report.Checks;

/// <summary>Folders are called as what they hold, and no two things have one name; Desktop silently passes over what breaks this.</summary>
internal static partial class Names
{
    public static IEnumerable<string> Find(PowerBiProject project)
    {
        var report = project.Report;
        return
        [
            .. report.Pages.Where(page => page.Folder != page.Name).Select(page => $"{page.Folder} holds the page {page.Name}"),
            .. report.Visuals.Where(visual => visual.Folder != visual.Name).Select(visual => $"{visual.Place} holds the visual {visual.Name}"),
            .. report.Bookmarks.Where(bookmark => bookmark.File != bookmark.Name + ".bookmark.json").Select(bookmark => $"{bookmark.File} holds the bookmark {bookmark.Name}"),
            .. All(report).Where(name => !Allowed().IsMatch(name)).Select(name => $"{name} is no name: word characters and hyphens, at most 50"),
            .. Twice("page", report.Pages.Select(page => page.Name)),
            .. Twice("title of a page", report.Pages.Select(page => page.Json["displayName"]!.GetValue<string>())),
            .. Twice("visual", report.Visuals.Select(visual => visual.Name)),
            .. Twice("bookmark", report.Bookmarks.Select(bookmark => bookmark.Name)),
            .. Twice("filter", Filters(report).Select(filter => filter["name"]!.GetValue<string>())),
            .. Twice("page binding", report.Pages.Select(page => page.Json["pageBinding"]?["name"]?.GetValue<string>()).OfType<string>()),
        ];
    }

    private static IEnumerable<string> All(ReportDefinition report) =>
        [.. report.Pages.Select(page => page.Name), .. report.Visuals.Select(visual => visual.Name), .. report.Bookmarks.Select(bookmark => bookmark.Name)];

    private static IEnumerable<JsonNode> Filters(ReportDefinition report) =>
        [.. report.Pages.SelectMany(page => page.Json["filterConfig"]?["filters"]?.AsArray() ?? []).Select(filter => filter!), .. report.Visuals.SelectMany(visual => visual.Filters)];

    private static IEnumerable<string> Twice(string what, IEnumerable<string> names) =>
        names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).Select(group => $"{group.Count()} times the {what} {group.Key}");

    [GeneratedRegex(@"^[\w-]{1,50}$")]
    private static partial Regex Allowed();
}
