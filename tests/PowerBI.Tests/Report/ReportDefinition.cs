using System.Text.Json.Nodes;

namespace PowerBI.Tests.Report;

/// <summary>The parts of a report that the checks look at.</summary>
internal sealed record ReportDefinition(
    JsonNode Source, JsonNode Report, JsonNode PageList, JsonNode BookmarkList, JsonNode Theme, IReadOnlyList<ReportPage> Pages, IReadOnlyList<ReportBookmark> Bookmarks)
{
    private const string Definition = PowerBiProject.ReportFolder + "/definition/";

    public IEnumerable<ReportVisual> Visuals => Pages.SelectMany(page => page.Visuals);

    /// <summary>The report that the files of a project hold.</summary>
    public static ReportDefinition Of(IReadOnlyDictionary<string, string> files)
    {
        JsonNode Json(string file) => PowerBiProject.Parse(files[file]);
        IEnumerable<string> In(string folder, string end) =>
            files.Keys.Where(name => name.StartsWith(folder, StringComparison.Ordinal) && name.EndsWith(end, StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        IEnumerable<string> Folders(string parent, string file) => In(parent, $"/{file}").Select(name => name[..^(file.Length + 1)]);
        ReportVisual Visual(string page, string folder) => new(
            Last(page), Last(folder), Json($"{folder}/visual.json"), files.ContainsKey($"{folder}/mobile.json") ? Json($"{folder}/mobile.json") : null);
        ReportPage Page(string folder) => new(
            Last(folder), Json($"{folder}/page.json"), [.. Folders($"{folder}/visuals/", "visual.json").Select(visual => Visual(folder, visual)).OrderBy(visual => visual.TabOrder)]);
        return new(
            Json($"{PowerBiProject.ReportFolder}/definition.pbir"),
            Json($"{Definition}report.json"),
            Json($"{Definition}pages/pages.json"),
            Json($"{Definition}bookmarks/bookmarks.json"),
            Json($"{PowerBiProject.ReportFolder}/StaticResources/RegisteredResources/ConflictTheme.json"),
            [.. Folders($"{Definition}pages/", "page.json").Select(Page)],
            [.. In($"{Definition}bookmarks/", ".bookmark.json").Select(file => new ReportBookmark(Last(file), Json(file)))]);
    }

    public ReportPage? Page(string name) => Pages.FirstOrDefault(page => page.Name == name);

    private static string Last(string path) => path[(path.LastIndexOf('/') + 1)..];
}

/// <summary>One page and its visuals, in their tab order.</summary>
internal sealed record ReportPage(string Folder, JsonNode Json, IReadOnlyList<ReportVisual> Visuals)
{
    public string Name => Json.Text("name");

    public double Width => Json["width"]!.GetValue<double>();

    public double Height => Json["height"]!.GetValue<double>();

    /// <summary>Drillthrough, Tooltip, or null for a page that a reader opens by its tab.</summary>
    public string? Kind => Json.TextOrNull("type");

    public ReportVisual? Visual(string name) => Visuals.FirstOrDefault(visual => visual.Name == name);
}

/// <summary>One bookmark.</summary>
internal sealed record ReportBookmark(string File, JsonNode Json)
{
    public string Name => Json.Text("name");

    /// <summary>The visuals of a page that this bookmark shows or hides.</summary>
    public IEnumerable<(string Visual, bool Hidden)> TellsOf(string page) =>
        from visual in Json["explorationState"]!["sections"]?[page]?["visualContainers"]?.AsObject() ?? []
        select (visual.Key, visual.Value?["singleVisual"]?["display"]?.TextOrNull("mode") == "hidden");
}
