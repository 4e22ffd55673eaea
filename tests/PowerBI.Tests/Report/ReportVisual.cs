using System.Text.Json.Nodes;

namespace PowerBI.Tests.Report;

/// <summary>Where something stands on a page.</summary>
internal readonly record struct Box(double X, double Y, double Width, double Height)
{
    public static Box Of(JsonNode position) => new(Number(position, "x"), Number(position, "y"), Number(position, "width"), Number(position, "height"));

    public bool Overlaps(Box other) => X < other.X + other.Width && other.X < X + Width && Y < other.Y + other.Height && other.Y < Y + Height;

    public bool IsWithin(double width, double height) => X >= 0 && Y >= 0 && Width > 0 && Height > 0 && X + Width <= width && Y + Height <= height;

    private static double Number(JsonNode position, string name) => position[name]!.GetValue<double>();
}

/// <summary>One visual of a page, and where it stands on a telephone.</summary>
internal sealed record ReportVisual(string PageFolder, string Folder, JsonNode Json, JsonNode? Mobile)
{
    public string Name => Json.Text("name");

    public string Type => Json["visual"]!.Text("visualType");

    public Box Box => Box.Of(Json["position"]!);

    public int TabOrder => Json["position"]!["tabOrder"]!.GetValue<int>();

    public bool Hidden => Json["isHidden"]?.GetValue<bool>() == true;

    /// <summary>Page and folder, to name the visual in a finding.</summary>
    public string Place => $"{PageFolder}/{Folder}";

    /// <summary>The fields in its roles, with the role.</summary>
    public IEnumerable<(string Role, JsonNode Projection)> Projections =>
        from role in Json["visual"]!["query"]?["queryState"]?.AsObject() ?? []
        from projection in role.Value!["projections"]!.AsArray()
        select (role.Key, projection);

    /// <summary>The fields in its roles.</summary>
    public IEnumerable<FieldReference> Fields => Projections.Select(entry => FieldReference.Of(entry.Projection["field"]!));

    public IEnumerable<JsonNode> Filters => Json["filterConfig"]?.Items("filters") ?? [];

    /// <summary>A property that is set on the frame of the visual, without a selector.</summary>
    public JsonNode? Container(string name, string property) => Property(Json["visual"]!["visualContainerObjects"], name, property);

    /// <summary>A property that is set on the visual itself, without a selector.</summary>
    public JsonNode? Object(string name, string property) => Property(Json["visual"]!["objects"], name, property);

    private static JsonNode? Property(JsonNode? objects, string name, string property) =>
        objects?[name]?.AsArray().FirstOrDefault(entry => entry!["selector"] is null)?["properties"]?[property];

    /// <summary>What a reader sees above a column of a table, on a card or in a legend.</summary>
    public static string Heading(JsonNode projection) => projection.TextOrNull("displayName") ?? projection.Text("nativeQueryRef");

    /// <summary>The value of a literal, without its quotes; null where the property is no literal.</summary>
    public static string? Literal(JsonNode? property) => property?["expr"]?["Literal"]?["Value"]?.GetValue<string>() switch
    {
        ['\'', .. var text, '\''] => text.Replace("''", "'", StringComparison.Ordinal),
        var other => other,
    };
}
