using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using static PowerBI.Tests.Report.JsonReading;

namespace PowerBI.Tests.Report.Checks;

/// <summary>Every JSON file can be parsed, carries the schema that belongs to it, and is written as Desktop writes it.</summary>
internal static class JsonFiles
{
    private const string Prefix = "https://developer.microsoft.com/json-schemas/fabric/";

    private static readonly JsonSerializerOptions AsDesktop = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>How a file's name ends, and its schema; null where there is none. Newer schemas than these are not published.</summary>
    private static readonly (string End, string? Schema)[] Schemas =
    [
        (".pbip", "pbip/pbipProperties/1.0.0"),
        ("/.platform", "gitIntegration/platformProperties/2.0.0"),
        ("/definition.pbir", "item/report/definitionProperties/2.0.0"),
        ("/definition.pbism", "item/semanticModel/definitionProperties/1.0.0"),
        ("/diagramLayout.json", null),
        ("/ConflictTheme.json", null),
        ("/definition/version.json", "item/report/definition/versionMetadata/1.0.0"),
        ("/definition/report.json", "item/report/definition/report/3.3.0"),
        ("/pages/pages.json", "item/report/definition/pagesMetadata/1.1.0"),
        ("/page.json", "item/report/definition/page/2.1.0"),
        ("/visual.json", "item/report/definition/visualContainer/2.9.0"),
        ("/mobile.json", "item/report/definition/visualContainerMobileState/2.4.0"),
        (".bookmark.json", "item/report/definition/bookmark/2.1.0"),
        ("/bookmarks/bookmarks.json", "item/report/definition/bookmarksMetadata/1.0.0"),
    ];

    public static IEnumerable<string> Find(PowerBiProject project) => project.Files.Where(file => IsJson(file.Key)).SelectMany(file => In(file.Key, file.Value));

    private static bool IsJson(string file) => Path.GetExtension(file) is ".json" or ".pbip" or ".pbir" or ".pbism" or ".platform";

    private static IEnumerable<string> In(string file, string text)
    {
        JsonNode json;
        try
        {
            json = PowerBiProject.Parse(text);
            _ = json.ToJsonString();
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            return [$"{file} cannot be parsed: {error.Message}"];
        }
        return [.. Schema(file, json), .. Form(file, text, json)];
    }

    private static IEnumerable<string> Schema(string file, JsonNode json)
    {
        if (!Schemas.Any(entry => file.EndsWith(entry.End, StringComparison.Ordinal)))
        {
            return [$"{file} is no file of a Power BI project"];
        }
        var schema = Schemas.First(entry => file.EndsWith(entry.End, StringComparison.Ordinal)).Schema;
        var found = json.TextOrNull("$schema");
        return If(found != (schema is null ? null : $"{Prefix}{schema}/schema.json"), $"{file} has the schema {found ?? "(none)"} instead of {schema ?? "(none)"}");
    }

    private static IEnumerable<string> Form(string file, string text, JsonNode json) => If(
        file.StartsWith(PowerBiProject.ReportFolder, StringComparison.Ordinal) && text != json.ToJsonString(AsDesktop) + "\n",
        $"{file} is not indented by two blanks throughout");
}
