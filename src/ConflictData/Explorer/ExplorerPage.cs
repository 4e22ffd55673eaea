using ConflictData.Api;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Explorer;

/// <summary>
/// The page for people who look rather than read: what is in the store, as figures, a timeline, a map, tables and changes, each figure
/// a step from its claims. It reads what every client reads, with the key of whoever sits before it; the app only hands out its files.
/// </summary>
public static class ExplorerPage
{
    private static readonly PageFiles Page = new(
        "explorer",
        "",
        [
            "api.js", "app.js", "atlas.js", "behind.js", "changes.js", "counted.js", "counts.js", "dom.js", "evidence.js", "filters.js", "get.js", "keys.js", "map.js",
            "months.js", "overview.js", "plot.js", "spans.js", "state.js", "store.js", "table.js", "timeline.js", "times.js",
            "explorer.css", "drawings.css", "icon.svg", "d3.min.js", "topojson-client.min.js", "countries-50m.json",
            "LICENSE-d3", "LICENSE-topojson-client", "LICENSE-world-atlas",
        ]);

    /// <inheritdoc cref="PageFiles.Names"/>
    public static IReadOnlyList<string> Files => Page.Names;

    /// <inheritdoc cref="PageFiles.MediaTypes"/>
    public static IReadOnlyList<string> MediaTypes => Page.MediaTypes;

    /// <inheritdoc cref="PageFiles.Index"/>
    public static IResult Index(ApiCall call) => Page.Index(call);

    /// <inheritdoc cref="PageFiles.File"/>
    public static IResult File(string name) => Page.File(name);
}
