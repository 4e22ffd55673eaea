using System.Text.Json.Nodes;

namespace PowerBI.Tests.Report.Checks;

/// <summary>Whatever names another part of the report names one that there is: pages, bookmarks, buttons, tooltips, drill-through, theme.</summary>
internal static class Links
{
    public static IEnumerable<string> Find(PowerBiProject project)
    {
        var report = project.Report;
        return
        [
            .. PageList(report), .. Bookmarks(report), .. report.Pages.SelectMany(page => Interactions(page)), .. report.Pages.SelectMany(Binding),
            .. report.Visuals.SelectMany(visual => Tooltip(report, visual)), .. report.Pages.SelectMany(page => page.Visuals.SelectMany(visual => Button(report, page, visual))),
            .. Theme(project), .. Model(project),
        ];
    }

    private static IEnumerable<string> PageList(ReportDefinition report)
    {
        var order = report.PageList["pageOrder"]!.AsArray().Select(page => page!.GetValue<string>()).ToList();
        return
        [
            .. order.Order(StringComparer.Ordinal).SequenceEqual(report.Pages.Select(page => page.Name).Order(StringComparer.Ordinal)) ? Array.Empty<string>() : ["pages.json does not list the pages"],
            .. new[] { "activePageName", "landingPageName" }.Where(name => report.Page(report.PageList[name]!.GetValue<string>()) is not { Kind: null }).Select(name => $"pages.json has a {name} that cannot be opened"),
            .. report.Pages.Where(page => (page.Json["visibility"]?.GetValue<string>() == "HiddenInViewMode") != page.Kind is not null).Select(page => $"{page.Folder} is hidden or shown where it should not be"),
        ];
    }

    private static IEnumerable<string> Bookmarks(ReportDefinition report)
    {
        var listed = report.BookmarkList["items"]!.AsArray().SelectMany(item => item!["children"]?.AsArray() ?? [item["name"]!.DeepClone()]).Select(name => name!.GetValue<string>()).ToList();
        var pressed = report.Visuals.Select(visual => ReportVisual.Literal(visual.Container("visualLink", "bookmark"))).OfType<string>().ToHashSet();
        return
        [
            .. listed.Order(StringComparer.Ordinal).SequenceEqual(report.Bookmarks.Select(bookmark => bookmark.Name).Order(StringComparer.Ordinal)) ? Array.Empty<string>() : ["bookmarks.json does not list the bookmarks"],
            .. report.Bookmarks.Where(bookmark => !pressed.Contains(bookmark.Name)).Select(bookmark => $"the bookmark {bookmark.Name} has no button"),
            .. report.Bookmarks.SelectMany(bookmark => Targets(report, bookmark)),
        ];
    }

    private static IEnumerable<string> Targets(ReportDefinition report, ReportBookmark bookmark)
    {
        var state = bookmark.Json["explorationState"]!;
        var active = state["activeSection"]!.GetValue<string>();
        var told = state["sections"]!.AsObject().SelectMany(page => page.Value!["visualContainers"]!.AsObject().Select(visual => (Page: page.Key, Visual: visual.Key, visual.Value))).ToList();
        var targets = bookmark.Json["options"]!["targetVisualNames"]!.AsArray().Select(name => name!.GetValue<string>()).ToList();
        return
        [
            .. report.Page(active) is null ? [$"the bookmark {bookmark.Name} is of the page {active}, which there is not"] : Array.Empty<string>(),
            .. told.Where(entry => report.Page(entry.Page)?.Visual(entry.Visual) is not { } visual || entry.Value!["singleVisual"]!["visualType"]!.GetValue<string>() != visual.Type)
                .Select(entry => $"the bookmark {bookmark.Name} tells of {entry.Page}/{entry.Visual}, which is not there or of another type"),
            .. targets.Order().SequenceEqual(told.Select(entry => entry.Visual).Order()) ? Array.Empty<string>() : [$"the bookmark {bookmark.Name} changes other visuals than it tells of"],
        ];
    }

    private static IEnumerable<string> Interactions(ReportPage page) =>
        from entry in page.Json["visualInteractions"]?.AsArray() ?? []
        from end in new[] { "source", "target" }
        let name = entry![end]!.GetValue<string>()
        where page.Visual(name) is null
        select $"{page.Folder} has an interaction with {name}, which is not there";

    private static IEnumerable<string> Binding(ReportPage page)
    {
        if (page.Json["pageBinding"]?["type"]?.GetValue<string>() != page.Kind)
        {
            yield return $"{page.Folder} is bound as another kind of page than it is";
        }
        var filters = (page.Json["filterConfig"]?["filters"]?.AsArray() ?? []).ToDictionary(filter => filter!["name"]!.GetValue<string>(), filter => FieldReference.Of(filter!["field"]!));
        var parameters = (page.Json["pageBinding"]?["parameters"]?.AsArray() ?? []).Select(parameter => parameter!).ToList();
        if (page.Kind == "Drillthrough" && parameters.Count == 0)
        {
            yield return $"{page.Folder} has nothing to drill through by";
        }
        foreach (var parameter in parameters.Where(parameter => !filters.TryGetValue(parameter["boundFilter"]!.GetValue<string>(), out var field) || field != FieldReference.Of(parameter["fieldExpr"]!)))
        {
            yield return $"{page.Folder} has the parameter {parameter["name"]} without its filter";
        }
    }

    private static IEnumerable<string> Tooltip(ReportDefinition report, ReportVisual visual) =>
        ReportVisual.Literal(visual.Container("visualTooltip", "section")) is { } page && report.Page(page) is not { Kind: "Tooltip" } ? [$"{visual.Place} has the tooltip {page}, which is no tooltip page"] : [];

    private static IEnumerable<string> Button(ReportDefinition report, ReportPage page, ReportVisual visual) => ReportVisual.Literal(visual.Container("visualLink", "type")) switch
    {
        null => visual.Type == "actionButton" ? [$"{visual.Place} does nothing"] : [],
        "Bookmark" => ReportVisual.Literal(visual.Container("visualLink", "bookmark")) is { } name && report.Bookmarks.Any(bookmark => bookmark.Name == name) ? [] : [$"{visual.Place} leads to a bookmark that there is not"],
        "Back" => page.Kind == "Drillthrough" ? [] : [$"{visual.Place} leads back from a page that is opened by its tab"],
        var other => [$"{visual.Place} has a link of the kind {other}"],
    };

    private static IEnumerable<string> Theme(PowerBiProject project)
    {
        var name = project.Report.Report["themeCollection"]!["customTheme"]!["name"]!.GetValue<string>();
        var items = project.Report.Report["resourcePackages"]!.AsArray().SelectMany(package => package!["items"]!.AsArray()).Select(item => item!);
        if (items.SingleOrDefault(item => item["name"]!.GetValue<string>() == name) is not { } theme || !project.Files.ContainsKey($"{PowerBiProject.ReportFolder}/StaticResources/RegisteredResources/{theme["path"]}"))
        {
            yield return $"report.json has the theme {name}, which there is not";
        }
        if (project.Report.Theme["name"]!.GetValue<string>() != name)
        {
            yield return $"the theme calls itself {project.Report.Theme["name"]}, not {name}";
        }
    }

    private static IEnumerable<string> Model(PowerBiProject project)
    {
        var path = project.Report.Source["datasetReference"]!["byPath"]!["path"]!.GetValue<string>();
        return path.StartsWith("../", StringComparison.Ordinal) && project.Files.ContainsKey($"{path[3..]}/definition.pbism") ? [] : [$"definition.pbir reads the model {path}, which there is not"];
    }
}
