using System.Text.Json.Nodes;
using ConflictData.Access;
using ConflictData.Api;
using ConflictData.Datasets;
using ConflictFunctions.Tests.Running.Access;

namespace ConflictFunctions.Tests.Running.OpenApi;

/// <summary>The description says what there is, all of it, and nothing that is not so.</summary>
public sealed class OpenApiDocumentTests(RunningApp app) : IAsyncLifetime
{
    /// <summary>What the feed takes only to refuse it as 501, in its own terms.</summary>
    private static readonly string[] Refused = ["put", "patch", "delete"];

    private ApiDescription description = null!;

    public async ValueTask InitializeAsync() => description = await ApiDescription.Of(app.Anonymous);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void Every_function_is_described_under_its_route_by_each_of_its_methods()
    {
        var described = description.Operations.ToList();
        var missing = from function in AppFunction.All
                      from method in function.Methods
                      where !(function.Name.StartsWith("OData", StringComparison.Ordinal) && Refused.Contains(method))
                      where !described.Any(operation => operation.Method == method && IsAt(operation, function))
                      select $"{method} {function.Route}";
        Assert.Empty(missing);
        Assert.All(described, operation => Assert.Contains(AppFunction.All, function => function.Methods.Contains(operation.Method) && IsAt(operation, function)));
        Assert.Equal(described.Count, described.Select(operation => operation.Id).Distinct().Count());
    }

    [Fact]
    public void Every_operation_names_the_scopes_that_let_a_caller_in()
    {
        foreach (var operation in description.Operations)
        {
            var function = AppFunction.All.Where(function => function.Methods.Contains(operation.Method) && IsAt(operation, function)).MaxBy(function => function.Route.Length)!;
            // The documents of the feed hold no rows.
            var isOpen = operation.Path.EndsWith("odata", StringComparison.Ordinal) || operation.Path.EndsWith("/$metadata", StringComparison.Ordinal);
            var expected = isOpen ? [] : ScopeNames.Of(RouteTests.Decisions[function.Name]);
            Assert.Equal(expected, operation.Json["x-scopes"]!.AsArray().Select(scope => (string)scope!));

            var ways = (operation.Json["security"] ?? description.Json["security"])!.AsArray();
            Assert.True(expected.Count == 0 ? ways.Count == 0 : ways.Count >= 5, $"{operation} lets in by {ways.Count} ways.");
            Assert.All(ways.SelectMany(way => way!.AsObject()), way => Assert.Equal(expected.Take(1), way.Value!.AsArray().Select(scope => (string)scope!)));
        }
    }

    [Fact]
    public void Every_error_of_the_closed_list_is_described_with_its_status_and_meaning()
    {
        var answers = description.Operations.Where(operation => operation.Method != "head")
            .SelectMany(operation => operation.Json["responses"]!.AsObject().Select(response => (response.Key, description.Resolve(response.Value!))))
            .ToList();
        foreach (var code in ErrorCode.All)
        {
            var meaning = $"`{code.Name}` ({code.Status}): {code.Title}";
            Assert.Contains(meaning, (string)description.Json["components"]!["schemas"]!["ErrorCode"]!["description"]!);
            // One request of a batch may be left out; no call is ever answered so.
            Assert.True(code == ErrorCode.FailedDependency || answers.Any(answer => answer.Key == $"{code.Status}" && ((string)answer.Item2["description"]!).Contains(meaning)), meaning);
        }
    }

    [Fact]
    public void Every_example_is_as_its_schema_has_it()
    {
        var examples = Examples(description.Json).ToList();
        Assert.All(examples, example => Assert.True(description.Problem(example.Schema, example.Value) is null, $"{example.Value?.ToJsonString()}: {description.Problem(example.Schema, example.Value)}"));
        Assert.InRange(examples.Count, 100, int.MaxValue);
    }

    [Fact]
    public async Task The_records_among_the_examples_are_those_of_the_sample()
    {
        foreach (var set in Catalog.Sets.Where(set => !set.ReadsTags))
        {
            var example = description.Json["components"]!["schemas"]![set.Name]!["examples"]![0]!.AsObject();
            var answer = JsonNode.Parse(await app.Anonymous.GetStringAsync($"releases/1/odata/{set.Name}('{Uri.EscapeDataString((string)example["Id"]!)}')", TestContext.Current.CancellationToken))!.AsObject();
            answer.Remove("@odata.context");
            Assert.Equal(description.Json["components"]!["schemas"]![set.Name]!["properties"]!.AsObject().Select(property => property.Key), answer.Select(member => member.Key));
            Array.ForEach([example, answer], row => row.Remove("ModifiedAt"));
            Assert.True(JsonNode.DeepEquals(answer, example), $"{set}: {answer.ToJsonString()}");
        }
    }

    private static bool IsAt(DescribedOperation operation, AppFunction function)
    {
        var (path, route) = (operation.Path.Trim('/').Split('/'), function.Route.Split('/'));
        var hasRest = route[^1] is "{*path}";
        return (hasRest ? path.Length >= route.Length - 1 : path.Length == route.Length)
            && route.Take(hasRest ? route.Length - 1 : route.Length).Zip(path).All(pair => pair.First == pair.Second || pair.First.StartsWith('{'))
            && (route.Length > 1 || path.Length == 1);
    }

    /// <summary>Whatever has a schema and examples beside it, and schemas that have examples of their own.</summary>
    private static IEnumerable<(JsonNode Schema, JsonNode? Value)> Examples(JsonNode node) => node switch
    {
        JsonArray list => list.OfType<JsonNode>().SelectMany(Examples),
        JsonObject json => [.. OfContent(json), .. OfSchema(json), .. json.Where(member => member.Key is not ("example" or "examples")).Select(member => member.Value).OfType<JsonNode>().SelectMany(Examples)],
        _ => [],
    };

    private static IEnumerable<(JsonNode Schema, JsonNode? Value)> OfContent(JsonObject json)
    {
        if (json["schema"] is not JsonObject schema)
        {
            yield break;
        }

        if (json.TryGetPropertyValue("example", out var example))
        {
            yield return (schema, example);
        }

        foreach (var (_, value) in json["examples"] as JsonObject ?? [])
        {
            yield return (schema, value!["value"]);
        }
    }

    private static IEnumerable<(JsonNode Schema, JsonNode? Value)> OfSchema(JsonObject json) =>
        json["examples"] is JsonArray values ? values.Select(value => ((JsonNode)json, value)) : [];
}
