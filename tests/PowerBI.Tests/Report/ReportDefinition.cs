using System.Text.Json.Nodes;

namespace PowerBI.Tests.Report;

/// <summary>The parts of a report that the checks look at.</summary>
internal sealed record ReportDefinition(JsonNode Source, JsonNode Report, JsonNode PageList, JsonNode BookmarkList, JsonNode Theme, IReadOnlyList<ReportPage> Pages, IReadOnlyList<ReportBookmark> Bookmarks)
{
    private const string Definition = PowerBiProject.ReportFolder + "/definition/";

    public IEnumerable<ReportVisual> Visuals => Pages.SelectMany(page => page.Visuals);

    /// <summary>The report that the files of a project hold.</summary>
    public static ReportDefinition Of(IReadOnlyDictionary<string, string> files)
    {
        JsonNode Json(string file) => PowerBiProject.Parse(files[file]);
        IEnumerable<string> Folders(string parent, string file) =>
            files.Keys.Where(name => name.StartsWith(parent, StringComparison.Ordinal) && name.EndsWith($"/{file}", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name => name[..^(file.Length + 1)]);
        ReportVisual Visual(string page, string folder) =>
            new(Last(page), Last(folder), Json($"{folder}/visual.json"), files.ContainsKey($"{folder}/mobile.json") ? Json($"{folder}/mobile.json") : null);
        return new(
            Json($"{PowerBiProject.ReportFolder}/definition.pbir"),
            Json($"{Definition}report.json"),
            Json($"{Definition}pages/pages.json"),
            Json($"{Definition}bookmarks/bookmarks.json"),
            Json($"{PowerBiProject.ReportFolder}/StaticResources/RegisteredResources/ConflictTheme.json"),
            [.. Folders($"{Definition}pages/", "page.json").Select(page => new ReportPage(
                Last(page), Json($"{page}/page.json"), [.. Folders($"{page}/visuals/", "visual.json").Select(folder => Visual(page, folder)).OrderBy(visual => visual.TabOrder)]))],
            [.. files.Keys.Where(name => name.StartsWith($"{Definition}bookmarks/", StringComparison.Ordinal) && name.EndsWith(".bookmark.json", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
                .Select(name => new ReportBookmark(Last(name), Json(name)))]);
    }

    public ReportPage? Page(string name) => Pages.FirstOrDefault(page => page.Name == name);

    private static string Last(string path) => path[(path.LastIndexOf('/') + 1)..];
}

/// <summary>One page and its visuals, in their tab order.</summary>
internal sealed record ReportPage(string Folder, JsonNode Json, IReadOnlyList<ReportVisual> Visuals)
{
    public string Name => Json["name"]!.GetValue<string>();

    public double Width => Json["width"]!.GetValue<double>();

    public double Height => Json["height"]!.GetValue<double>();

    /// <summary>Drillthrough, Tooltip, or null for a page that a reader opens by its tab.</summary>
    public string? Kind => Json["type"]?.GetValue<string>();

    public ReportVisual? Visual(string name) => Visuals.FirstOrDefault(visual => visual.Name == name);
}

/// <summary>One bookmark.</summary>
internal sealed record ReportBookmark(string File, JsonNode Json)
{
    public string Name => Json["name"]!.GetValue<string>();

    /// <summary>The visuals that this bookmark hides on a page.</summary>
    public IEnumerable<string> HiddenOn(string page) =>
        from visual in Json["explorationState"]!["sections"]?[page]?["visualContainers"]?.AsObject() ?? []
        where visual.Value?["singleVisual"]?["display"]?["mode"]?.GetValue<string>() == "hidden"
        select visual.Key;
}
