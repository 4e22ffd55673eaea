using System.Text.Json.Nodes;

namespace ConflictFunctions.Tests.Infra;

/// <summary>A compiled template, and the templates within it that its modules became.</summary>
/// <param name="Root">The document.</param>
internal sealed record Arm(JsonObject Root)
{
    private const string Nested = "Microsoft.Resources/deployments";

    public static Arm Parse(string json) => new(JsonNode.Parse(json)!.AsObject());

    /// <summary>One of its own, to be changed.</summary>
    public Arm Copy() => new(Root.DeepClone().AsObject());

    /// <summary>This template and all within it.</summary>
    public IEnumerable<Arm> All => [this, .. Own.Where(resource => Type(resource) == Nested).SelectMany(Within)];

    /// <summary>What is made of a type, here and within.</summary>
    public IEnumerable<JsonObject> Resources(string type) => All.SelectMany(template => template.Own).Where(resource => Type(resource) == type);

    /// <summary>The types of all that is made.</summary>
    public IEnumerable<string> Types => All.SelectMany(template => template.Own).Select(Type).Where(type => type != Nested);

    /// <summary>The template that a module became.</summary>
    public Arm Module(string name) => Within(Root["resources"]![name]!.AsObject()).First();

    /// <summary>What a module is given for a parameter.</summary>
    public JsonNode Given(string module, string parameter) => Root["resources"]![module]!["properties"]!["parameters"]![parameter]!["value"]!;

    public IEnumerable<(string Name, JsonObject Output)> Outputs => All.SelectMany(template => Members(template.Root["outputs"]));

    public IEnumerable<(string Name, JsonObject Parameter)> Parameters => All.SelectMany(template => Members(template.Root["parameters"]));

    /// <summary>Every text in it that is not for people.</summary>
    public IEnumerable<string> Texts => TextsOf(Root, isForPeople: false);

    /// <summary>A small template lists its resources, a larger one names them.</summary>
    private IEnumerable<JsonObject> Own =>
        (Root["resources"] is JsonArray list ? list : Root["resources"]!.AsObject().Select(resource => resource.Value))
            .Select(resource => resource!.AsObject())
            .Where(resource => resource["existing"] is null);

    private static string Type(JsonObject resource) => resource["type"]!.GetValue<string>();

    private static IEnumerable<Arm> Within(JsonObject deployment) => new Arm(deployment["properties"]!["template"]!.AsObject()).All;

    private static IEnumerable<(string, JsonObject)> Members(JsonNode? node) =>
        node is JsonObject members ? members.Select(member => (member.Key, member.Value!.AsObject())) : [];

    private static IEnumerable<string> TextsOf(JsonNode? node, bool isForPeople) => node switch
    {
        JsonObject members => members.SelectMany(member => TextsOf(member.Value, member.Key is "description" or "displayName" or "_generator")),
        JsonArray items => items.SelectMany(item => TextsOf(item, isForPeople)),
        JsonValue value when !isForPeople && value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };
}
