using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ConflictFunctions.Tests.Infra;

/// <summary>Roles of Azure by their ids, as its documentation lists them.</summary>
internal static partial class AzureRoles
{
    private static readonly Dictionary<string, string> Names = new()
    {
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Storage Blob Data Owner",
        ["ba92f5b4-2d11-453d-a403-e96b0029c9fe"] = "Storage Blob Data Contributor",
        ["2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"] = "Storage Blob Data Reader",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
        ["4633458b-17de-408a-b874-0445c86b69e6"] = "Key Vault Secrets User",
        ["b86a8fe4-44ce-4948-aee5-eccb2c155cd7"] = "Key Vault Secrets Officer",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
        ["8e3af657-a8ff-443c-a75c-2fe8c4bcb635"] = "Owner",
        ["b24988ac-6180-42a0-ab88-20f7382dd24c"] = "Contributor",
        ["18d7d88d-d35e-4fb5-a5c3-7773c20a72d9"] = "User Access Administrator",
        ["f58310d9-a9f6-439a-9e8d-f62e7b41a168"] = "Role Based Access Control Administrator",
    };

    /// <summary>The role that an assignment gives; null = none that is listed here.</summary>
    public static string? Of(JsonObject assignment)
    {
        var definition = assignment["properties"]!["roleDefinitionId"]!.GetValue<string>();
        var id = Variable().Match(definition) is { Success: true } named
            ? Template(assignment)["variables"]!["roles"]![named.Groups["name"].Value]!.GetValue<string>()
            : Id().Match(definition).Value;
        return Names.GetValueOrDefault(id);
    }

    private static JsonObject Template(JsonNode node) => node.Parent is JsonObject { } parent && parent.ContainsKey("contentVersion") ? parent : Template(node.Parent!);

    [GeneratedRegex(@"variables\('roles'\)\.(?<name>\w+)")]
    private static partial Regex Variable();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Id();
}
