using System.Text.Json.Nodes;

namespace PowerBI.Tests.Report;

/// <summary>The faults that show that each check can fail.</summary>
internal static partial class PlantedFaults
{
    private const string Pages = "ConflictFunctions.Report/definition/pages/";

    public static IReadOnlyList<PlantedFault> All => [.. OfFiles, .. OfFields, .. OfPages, .. OfLinks];

    private static JsonArray Projections(JsonNode visual, string role) => visual["visual"]!["query"]!["queryState"]![role]!["projections"]!.AsArray();

    private static JsonNode Projection(JsonNode visual, string role) => Projections(visual, role)[0]!;

    private static JsonNode Values(JsonNode filter) => filter["Where"]![0]!["Condition"]!["In"]!["Values"]!;

    private static JsonNode Container(JsonNode visual, string name) => visual["visual"]!["visualContainerObjects"]![name]![0]!["properties"]!;

    private static JsonNode Told(JsonNode bookmark, string page, string visual) => bookmark["explorationState"]!["sections"]![page]!["visualContainers"]![visual]!;

    /// <summary>Another field of the same table and kind.</summary>
    private static void Field(JsonNode owner, string name) => owner["field"]!.AsObject().Single().Value!["Property"] = name;

    private static void Rename(JsonNode bookmark, string page, string from, string to)
    {
        Rename(bookmark["explorationState"]!["sections"]![page]!["visualContainers"]!, from, to);
        var targets = bookmark["options"]!["targetVisualNames"]!.AsArray();
        targets[targets.Select(target => target!.GetValue<string>()).ToList().IndexOf(from)] = to;
    }

    private static void Rename(JsonNode owner, string from, string to)
    {
        var value = owner[from]!.DeepClone();
        owner.AsObject().Remove(from);
        owner[to] = value;
    }
}
