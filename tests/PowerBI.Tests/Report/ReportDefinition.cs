using System.Text.Json.Nodes;

namespace PowerBI.Tests.Report;

/// <summary>The parts of a report folder that the checks look at.</summary>
internal sealed record ReportDefinition(JsonNode Report, JsonNode PageList, JsonNode BookmarkList, JsonNode Theme, IReadOnlyList<ReportPage> Pages, IReadOnlyList<ReportBookmark> Bookmarks)
{
    public IEnumerable<ReportVisual> Visuals => Pages.SelectMany(page => page.Visuals);

    public static ReportDefinition Load(string folder)
    {
        var definition = Path.Combine(folder, "definition");
        return new(
            Json(definition, "report.json"),
            Json(definition, "pages", "pages.json"),
            Json(definition, "bookmarks", "bookmarks.json"),
            Json(folder, "StaticResources", "RegisteredResources", "ConflictTheme.json"),
            [.. Folders(definition, "pages").Select(ReportPage.Load)],
            [.. Directory.EnumerateFiles(Path.Combine(definition, "bookmarks"), "*.bookmark.json").Order(StringComparer.Ordinal)
                .Select(file => new ReportBookmark(Path.GetFileName(file), Json(file)))]);
    }

    public ReportPage? Page(string name) => Pages.FirstOrDefault(page => page.Name == name);

    internal static JsonNode Json(params string[] path) => PowerBiProject.Parse(File.ReadAllText(Path.Combine(path)));

    internal static IEnumerable<string> Folders(params string[] path) => Directory.EnumerateDirectories(Path.Combine(path)).Order(StringComparer.Ordinal);
}

/// <summary>One page and its visuals, in their tab order.</summary>
internal sealed record ReportPage(string Folder, JsonNode Json, IReadOnlyList<ReportVisual> Visuals)
{
    public string Name => Json["name"]!.GetValue<string>();

    public double Width => Json["width"]!.GetValue<double>();

    public double Height => Json["height"]!.GetValue<double>();

    /// <summary>Drillthrough, Tooltip, or null for a page that a reader opens by its tab.</summary>
    public string? Kind => Json["type"]?.GetValue<string>();

    public static ReportPage Load(string folder) => new(
        Path.GetFileName(folder),
        ReportDefinition.Json(folder, "page.json"),
        [.. ReportDefinition.Folders(folder, "visuals").Select(visual => ReportVisual.Load(Path.GetFileName(folder), visual)).OrderBy(visual => visual.TabOrder)]);

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
