using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace ConflictFunctions.Tests.Running.OpenApi;

/// <summary>A method at an address, as the description has it.</summary>
/// <param name="Path">The address under the server, with parts in braces.</param>
/// <param name="Method">The method, in lower case.</param>
/// <param name="Json">All that is said of it.</param>
internal sealed record DescribedOperation(string Path, string Method, JsonNode Json)
{
    public string Id => (string)Json["operationId"]!;

    public override string ToString() => $"{Method.ToUpperInvariant()} {Path}";
}

/// <summary>The description that an app serves, read as any client of it would.</summary>
internal sealed class ApiDescription
{
    private const string Components = "#/components/schemas/";
    private static readonly Uri Root = new("https://description.invalid/schemas");
    private static readonly string[] Methods = ["get", "head", "post", "put", "delete", "options", "patch"];
    private static readonly EvaluationOptions Strict = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };

    private readonly BuildOptions building = new() { SchemaRegistry = new SchemaRegistry() };

    private ApiDescription(JsonNode json)
    {
        Json = json;
        var schemas = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["$id"] = Root.AbsoluteUri, ["$defs"] = json["components"]!["schemas"]!.DeepClone() };
        JsonSchema.FromText(Rooted(schemas), building);
    }

    public JsonNode Json { get; }

    public IEnumerable<DescribedOperation> Operations =>
        from path in Json["paths"]!.AsObject()
        from method in path.Value!.AsObject()
        where Methods.Contains(method.Key)
        select new DescribedOperation(path.Key, method.Key, method.Value!);

    public static async Task<ApiDescription> Of(HttpClient client) =>
        new(JsonNode.Parse(await client.GetStringAsync("openapi/v3.json", TestContext.Current.CancellationToken))!);

    /// <summary>A node, or what it refers to.</summary>
    public JsonNode Resolve(JsonNode node) => (string?)node["$ref"] is { } reference
        ? reference[2..].Split('/').Aggregate(Json, (at, name) => at[name.Replace("~1", "/").Replace("~0", "~")]!)
        : node;

    public IEnumerable<JsonNode> ParametersOf(DescribedOperation operation) => (operation.Json["parameters"]?.AsArray() ?? []).Select(parameter => Resolve(parameter!));

    /// <summary>What is described for a status: itself, or its range.</summary>
    public JsonNode? ResponseOf(DescribedOperation operation, int status) =>
        (operation.Json["responses"]![$"{status}"] ?? operation.Json["responses"]![$"{status / 100}XX"]) is { } response ? Resolve(response) : null;

    /// <summary>What is wrong with a value by a schema of the description, formats and all; null where nothing is.</summary>
    public string? Problem(JsonNode schema, JsonNode? value)
    {
        var found = JsonSchema.FromText(Rooted(schema), building).Evaluate(JsonSerializer.SerializeToElement(value), Strict);
        return found.IsValid ? null : string.Join('\n', (found.Details ?? []).Where(detail => detail.Errors is { Count: > 0 }).SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Value}")));
    }

    private static string Rooted(JsonNode schema) => schema.ToJsonString().Replace($"\"{Components}", $"\"{Root}#/$defs/", StringComparison.Ordinal);
}
