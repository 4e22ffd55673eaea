using System.Text.Json.Nodes;

namespace PowerBI.Tests.Report;

/// <summary>One thing done wrong in one file of a copy of the project, and what the check must say of it.</summary>
/// <param name="Name">What is wrong.</param>
/// <param name="Check">The check that must find it.</param>
/// <param name="File">The file, from the root of the project; made where there is none.</param>
/// <param name="Plant">Makes the wrong text from the right one.</param>
/// <param name="Expected">A part of the finding.</param>
internal sealed record PlantedFault(string Name, string Check, string File, Func<string, string> Plant, string Expected)
{
    private const string Report = "ConflictFunctions.Report/definition/";

    /// <summary>A fault in the text of a file.</summary>
    public static PlantedFault Text(string name, string check, string file, Func<string, string> plant, string expected) => new(name, check, file, plant, expected);

    /// <summary>A fault in the JSON of a file below the report's definition.</summary>
    public static PlantedFault Json(string name, string check, string file, Action<JsonNode> plant, string expected) => new(name, check, Report + file, text => Edited(text, plant), expected);

    /// <summary>A fault in one visual.</summary>
    public static PlantedFault Visual(string name, string check, string page, string visual, Action<JsonNode> plant, string expected) =>
        Json(name, check, $"pages/{page}/visuals/{visual}/visual.json", plant, expected);

    /// <summary>A fault in the theme.</summary>
    public static PlantedFault Theme(string name, string check, Action<JsonNode> plant, string expected) =>
        new(name, check, "ConflictFunctions.Report/StaticResources/RegisteredResources/ConflictTheme.json", text => Edited(text, plant), expected);

    /// <summary>What the check finds in a copy of the project that has this fault and no other.</summary>
    public IEnumerable<string> FindIn(PowerBiProject project) => ReportTests.Checks[Check](project.With(File, Plant(project.Files.GetValueOrDefault(File, ""))));

    private static string Edited(string text, Action<JsonNode> plant)
    {
        var json = PowerBiProject.Parse(text);
        plant(json);
        return json.ToJsonString();
    }
}
