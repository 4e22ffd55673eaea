using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PowerBI.Tests.Report.Checks;

/// <summary>Folders are called as what they hold, and no two things have one name; Desktop silently passes over what breaks this.</summary>
internal static partial class Names
{
    public static IEnumerable<string> Find(PowerBiProject project)
    {
        var report = project.Report;
        var (pages, visuals, bookmarks) = (report.Pages, report.Visuals.ToList(), report.Bookmarks);
        return
        [
            .. pages.Where(page => page.Folder != page.Name).Select(page => $"{page.Folder} holds the page {page.Name}"),
            .. visuals.Where(visual => visual.Folder != visual.Name).Select(visual => $"{visual.Place} holds the visual {visual.Name}"),
            .. bookmarks.Where(bookmark => bookmark.File != bookmark.Name + ".bookmark.json").Select(bookmark => $"{bookmark.File} holds the bookmark {bookmark.Name}"),
            .. pages.Select(page => page.Name).Concat(visuals.Select(visual => visual.Name)).Concat(bookmarks.Select(bookmark => bookmark.Name))
                .Where(name => !Allowed().IsMatch(name)).Select(name => $"{name} is no name: word characters and hyphens, at most 50"),
            .. Twice("page", pages.Select(page => page.Name)),
            .. Twice("title of a page", pages.Select(page => page.Json.Text("displayName"))),
            .. Twice("visual", visuals.Select(visual => visual.Name)),
            .. Twice("bookmark", bookmarks.Select(bookmark => bookmark.Name)),
            .. Twice("filter", pages.SelectMany(FiltersOf).Concat(visuals.SelectMany(visual => visual.Filters)).Select(filter => filter.Text("name"))),
            .. Twice("page binding", pages.Select(page => page.Json["pageBinding"]?.Text("name")).OfType<string>()),
        ];
    }

    private static IEnumerable<JsonNode> FiltersOf(ReportPage page) => page.Json["filterConfig"]?.Items("filters") ?? [];

    private static IEnumerable<string> Twice(string what, IEnumerable<string> names) =>
        from name in names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
        where name.Count() > 1
        select $"{name.Count()} times the {what} {name.Key}";

    [GeneratedRegex(@"^[\w-]{1,50}$")]
    private static partial Regex Allowed();
}
