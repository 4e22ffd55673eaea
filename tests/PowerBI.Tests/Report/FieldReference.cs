using System.Text.Json.Nodes;

namespace PowerBI.Tests.Report;

/// <summary>A column or measure of the semantic model that a piece of the report names.</summary>
internal readonly record struct FieldReference(bool IsMeasure, string Table, string Name)
{
    /// <summary>As a query calls it.</summary>
    public string QueryRef => $"{Table}.{Name}";

    public override string ToString() => $"{(IsMeasure ? "measure" : "column")} {Table}[{Name}]";

    /// <summary>The field that an expression such as a projection's or a filter's is.</summary>
    public static FieldReference Of(JsonNode expression) => In(expression).Single();

    /// <summary>Every field that is named anywhere in a piece of JSON; short names of a filter are resolved by its From.</summary>
    public static IEnumerable<FieldReference> In(JsonNode? node) => In(node, []);

    private static IEnumerable<FieldReference> In(JsonNode? node, Dictionary<string, string> aliases) => node switch
    {
        JsonArray items => items.SelectMany(item => In(item, aliases)),
        JsonObject item => InObject(item, item["From"] is JsonArray from ? With(aliases, from) : aliases),
        _ => [],
    };

    private static IEnumerable<FieldReference> InObject(JsonObject item, Dictionary<string, string> aliases) =>
        from property in item
        from field in property.Key is "Column" or "Measure" && property.Value?["Property"] is JsonNode name
            ? [new(property.Key == "Measure", TableOf(property.Value!["Expression"]!["SourceRef"]!, aliases), name.GetValue<string>())]
            : In(property.Value, aliases)
        select field;

    private static string TableOf(JsonNode source, Dictionary<string, string> aliases) =>
        source["Entity"]?.GetValue<string>() ?? aliases.GetValueOrDefault(source["Source"]!.GetValue<string>(), "(no such alias)");

    private static Dictionary<string, string> With(Dictionary<string, string> aliases, JsonArray from)
    {
        var all = new Dictionary<string, string>(aliases);
        foreach (var entry in from)
        {
            all[entry!["Name"]!.GetValue<string>()] = entry["Entity"]!.GetValue<string>();
        }
        return all;
    }
}
