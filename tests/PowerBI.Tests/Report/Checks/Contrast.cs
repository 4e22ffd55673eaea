using System.Text.Json.Nodes;
using static PowerBI.Tests.Report.JsonReading;

namespace PowerBI.Tests.Report.Checks;

/// <summary>Text and marks stand out from what is behind them, and the colours of data from each other, for every kind of eyes.</summary>
internal static class Contrast
{
    private const double OfText = 4.5;
    private const double OfMarks = 3;

    /// <summary>Below this in CIE L*a*b* two colours are taken for one another in a legend.</summary>
    private const double OfEachOther = 18;

    /// <summary>Colours of text, and the colours of the same piece that lie behind them; the first that is set counts.</summary>
    private static readonly (string Text, string[] Behind)[] Pairs =
    [
        ("fontColor", ["backColor", "background"]), ("fontColorPrimary", ["backColorPrimary"]), ("fontColorSecondary", ["backColorSecondary"]),
        ("labelColor", []), ("titleColor", []), ("color", ["backgroundColor"]),
    ];

    /// <summary>Pieces whose property color is of lines or areas, not of text.</summary>
    private static readonly string[] NotText = ["background", "border", "outline", "fill", "dropShadow"];

    public static IEnumerable<string> Find(PowerBiProject project)
    {
        var theme = project.Report.Theme;
        return
        [
            .. Data(theme),
            .. Classes(theme),
            .. Styles(theme),
            .. project.Report.Visuals.SelectMany(visual => Visual(theme, visual)),
            .. project.Report.Visuals.SelectMany(visual => Numbered(theme, visual)),
        ];
    }

    private static string Paper(JsonNode theme) => theme["visualStyles"]!["*"]!["*"]!["background"]![0]!["color"]!["solid"]!["color"]!.GetValue<string>();

    private static string Canvas(JsonNode theme) => theme["visualStyles"]!["page"]!["*"]!["background"]![0]!["color"]!["solid"]!["color"]!.GetValue<string>();

    private static IEnumerable<string> Data(JsonNode theme)
    {
        var colours = theme["dataColors"]!.AsArray().Select(colour => colour!.GetValue<string>()).ToList();
        return
        [
            .. colours.SelectMany(colour => Low("the colour of data", colour, Paper(theme), OfMarks)),
            .. from first in Enumerable.Range(0, colours.Count)
               from second in Enumerable.Range(first + 1, colours.Count - first - 1)
               let seen = Colour.Parse(colours[first]).Distance(Colour.Parse(colours[second]))
               where seen.Distance < OfEachOther
               select $"{colours[first]} and {colours[second]} look alike with {seen.Eyes} ({seen.Distance:F1})",
        ];
    }

    private static IEnumerable<string> Classes(JsonNode theme) =>
        from entry in theme["textClasses"]!.AsObject()
        from behind in new[] { Paper(theme), Canvas(theme) }
        from finding in Low($"the text of {entry.Key}", entry.Value!["color"]!.GetValue<string>(), behind, OfText)
        select finding;

    private static IEnumerable<string> Styles(JsonNode theme) =>
        from visual in theme["visualStyles"]!.AsObject()
        from piece in visual.Value!["*"]!.AsObject()
        where !NotText.Contains(piece.Key)
        from entry in piece.Value!.AsArray()
        from finding in Piece(theme, $"{visual.Key} {piece.Key}", entry!.AsObject(), State(visual.Value["*"]!["fill"], entry!["$id"]))
        select finding;

    /// <summary>The fill that a button has in the state of its text.</summary>
    private static string? State(JsonNode? fills, JsonNode? id) =>
        id is null ? null : Solid((fills?.AsArray() ?? []).FirstOrDefault(fill => fill!["$id"]?.GetValue<string>() == id.GetValue<string>())?["fillColor"]);

    private static IEnumerable<string> Visual(JsonNode theme, ReportVisual visual) =>
    [
        .. from objects in new[] { visual.Json["visual"]!["objects"], visual.Json["visual"]!["visualContainerObjects"] }
           from piece in objects?.AsObject() ?? []
           where !NotText.Contains(piece.Key)
           from entry in piece.Value!.AsArray()
           from finding in Piece(theme, $"{visual.Place} {piece.Key}", entry!["properties"]!.AsObject(), null)
           select finding,
        .. from run in (visual.Object("general", "paragraphs")?.AsArray() ?? []).SelectMany(paragraph => paragraph!["textRuns"]!.AsArray())
           where run!["textStyle"]?["color"] is not null
           from finding in Low($"{visual.Place} text", run["textStyle"]!["color"]!.GetValue<string>(), Canvas(theme), OfText)
           select finding,
    ];

    /// <summary>A colour by number: 0 is the background and 1 the foreground; the colours of data follow, and marks take only those, unshaded.</summary>
    private static IEnumerable<string> Numbered(JsonNode theme, ReportVisual visual) =>
        from entry in visual.Json["visual"]!["objects"]?.Items("dataPoint") ?? []
        let number = entry["properties"]!["fill"]!["solid"]!["color"]!["expr"]!["ThemeDataColor"]
        where number is null || (int)number["ColorId"]! < 2 || (int)number["ColorId"]! > theme["dataColors"]!.AsArray().Count + 1 || (double)number["Percent"]! != 0
        select $"{visual.Place} has a mark in a colour that is none of the theme's data";

    private static IEnumerable<string> Piece(JsonNode theme, string place, JsonObject piece, string? fill) =>
        from pair in Pairs
        let text = Solid(piece[pair.Text])
        where text is not null
        let own = pair.Behind.Select(name => Solid(piece[name])).FirstOrDefault(colour => colour is not null) ?? fill
        from behind in own is null ? new[] { Paper(theme), Canvas(theme) } : [own]
        from finding in Low($"{place} {pair.Text}", text, behind, OfText)
        select finding;

    /// <summary>A colour written out; colours by number are those of the theme.</summary>
    private static string? Solid(JsonNode? property) => property?["solid"]?["color"] switch
    {
        JsonValue hex => hex.GetValue<string>(),
        JsonObject expression => expression["expr"]?["Literal"]?["Value"]?.GetValue<string>().Trim('\''),
        _ => null,
    };

    private static IEnumerable<string> Low(string what, string colour, string behind, double least)
    {
        var contrast = Colour.Parse(colour).Contrast(Colour.Parse(behind));
        return If(contrast < least, $"{what}: {colour} on {behind} has a contrast of {contrast:F1}, below {least}");
    }
}
