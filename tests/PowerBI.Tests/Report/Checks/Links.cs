using System.Text.Json.Nodes;
using static PowerBI.Tests.Report.JsonReading;

namespace PowerBI.Tests.Report.Checks;

/// <summary>Whatever names another part of the report names one that there is: pages, buttons, tooltips, drill-through, theme, model.</summary>
internal static class Links
{
    public static IEnumerable<string> Find(PowerBiProject project)
    {
        var report = project.Report;
        return
        [
            .. PageList(report),
            .. report.Pages.SelectMany(Interactions),
            .. report.Pages.SelectMany(Binding),
            .. report.Visuals.SelectMany(visual => Tooltip(report, visual)),
            .. report.Pages.SelectMany(page => page.Visuals.SelectMany(visual => Button(report, page, visual))),
            .. Theme(project),
            .. Model(project),
        ];
    }

    private static IEnumerable<string> PageList(ReportDefinition report)
    {
        var listed = report.PageList.Items("pageOrder").Select(page => page.GetValue<string>()).Order(StringComparer.Ordinal);
        var pages = report.Pages.Select(page => page.Name).Order(StringComparer.Ordinal);
        return
        [
            .. If(!listed.SequenceEqual(pages), "pages.json does not list the pages"),
            .. from opened in new[] { "activePageName", "landingPageName" }
               where report.Page(report.PageList.Text(opened)) is not { Kind: null }
               select $"pages.json has a {opened} that cannot be opened",
            .. from page in report.Pages
               where (page.Json.TextOrNull("visibility") == "HiddenInViewMode") != page.Kind is not null
               select $"{page.Folder} is hidden or shown where it should not be",
        ];
    }

    private static IEnumerable<string> Interactions(ReportPage page) =>
        from entry in page.Json.Items("visualInteractions")
        from name in new[] { entry.Text("source"), entry.Text("target") }
        where page.Visual(name) is null
        select $"{page.Folder} has an interaction with {name}, which is not there";

    private static IEnumerable<string> Binding(ReportPage page)
    {
        var binding = page.Json["pageBinding"];
        var parameters = binding?.Items("parameters").ToList() ?? [];
        var filters = (page.Json["filterConfig"]?.Items("filters") ?? [])
            .ToDictionary(filter => filter.Text("name"), filter => FieldReference.Of(filter["field"]!));
        return
        [
            .. If(binding?.TextOrNull("type") != page.Kind, $"{page.Folder} is bound as another kind of page than it is"),
            .. If(page.Kind == "Drillthrough" && parameters.Count == 0, $"{page.Folder} has nothing to drill through by"),
            .. from parameter in parameters
               where !filters.TryGetValue(parameter.Text("boundFilter"), out var field) || field != FieldReference.Of(parameter["fieldExpr"]!)
               select $"{page.Folder} has the parameter {parameter["name"]} without its filter",
        ];
    }

    private static IEnumerable<string> Tooltip(ReportDefinition report, ReportVisual visual) =>
        ReportVisual.Literal(visual.Container("visualTooltip", "section")) is { } page
            ? If(report.Page(page) is not { Kind: "Tooltip" }, $"{visual.Place} has the tooltip {page}, which is no tooltip page")
            : [];

    private static IEnumerable<string> Button(ReportDefinition report, ReportPage page, ReportVisual visual)
    {
        var bookmark = ReportVisual.Literal(visual.Container("visualLink", "bookmark"));
        return ReportVisual.Literal(visual.Container("visualLink", "type")) switch
        {
            null => If(visual.Type == "actionButton", $"{visual.Place} does nothing"),
            "Bookmark" => If(report.Bookmarks.All(entry => entry.Name != bookmark), $"{visual.Place} leads to a bookmark that there is not"),
            "Back" => If(page.Kind != "Drillthrough", $"{visual.Place} leads back from a page that is opened by its tab"),
            var other => [$"{visual.Place} has a link of the kind {other}"],
        };
    }

    private static IEnumerable<string> Theme(PowerBiProject project)
    {
        var report = project.Report;
        var name = report.Report["themeCollection"]!["customTheme"]!.Text("name");
        var item = report.Report.Items("resourcePackages").SelectMany(package => package.Items("items")).SingleOrDefault(item => item.Text("name") == name);
        var file = $"{PowerBiProject.ReportFolder}/StaticResources/RegisteredResources/{item?.Text("path")}";
        return
        [
            .. If(item is null || !project.Files.ContainsKey(file), $"report.json has the theme {name}, which there is not"),
            .. If(report.Theme.Text("name") != name, $"the theme calls itself {report.Theme["name"]}, not {name}"),
        ];
    }

    private static IEnumerable<string> Model(PowerBiProject project)
    {
        var path = project.Report.Source["datasetReference"]!["byPath"]!.Text("path");
        var found = path.StartsWith("../", StringComparison.Ordinal) && project.Files.ContainsKey($"{path[3..]}/definition.pbism");
        return If(!found, $"definition.pbir reads the model {path}, which there is not");
    }
}
