using System.Text.Json;

namespace ConflictData.Datasets;

/// <summary>
/// Reads a Frictionless Table Schema into a <see cref="Dataset"/>. Beside the standard's properties a schema has
/// <c>kind</c> (fact, reference or view) and a field <c>role</c> (derived or system), <c>unit</c> and <c>default</c>; that of
/// a view also <c>reads</c>, <c>readsTags</c> and, where it has the fields of a dataset, <c>extends</c>.
/// </summary>
internal static class TableSchema
{
    public static Dataset ReadResource(string name)
    {
        using var stream = typeof(TableSchema).Assembly.GetManifestResourceStream($"Schemas/{name}")
            ?? throw new InvalidOperationException($"No Table Schema is embedded for {name}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Read(ViewSchema.Complete(bytes));
    }

    public static Dataset Read(byte[] schema)
    {
        using var document = JsonDocument.Parse(schema);
        var root = document.RootElement;
        var references = ReadReferences(root);
        var columns = root.GetProperty("fields").EnumerateArray()
            .Select((field, ordinal) => ReadColumn(field, ordinal, references))
            .ToArray();
        return new Dataset(
            root.GetProperty("name").GetString()!,
            root.GetProperty("title").GetString()!,
            root.GetProperty("description").GetString()!,
            root.GetProperty("kind").GetString() == "fact",
            columns,
            schema)
        {
            Reads = Child(root, "reads") is { } reads ? [.. reads.EnumerateArray().Select(name => name.GetString()!)] : [],
            Extends = Text(root, "extends"),
            ReadsTags = Child(root, "readsTags")?.GetBoolean() ?? false,
        };
    }

    private static Dictionary<string, string> ReadReferences(JsonElement root) =>
        root.TryGetProperty("foreignKeys", out var keys)
            ? keys.EnumerateArray().ToDictionary(
                key => key.GetProperty("fields").GetString()!,
                key => key.GetProperty("reference").GetProperty("resource").GetString()!)
            : [];

    private static Column ReadColumn(JsonElement field, int ordinal, Dictionary<string, string> references)
    {
        var name = field.GetProperty("name").GetString()!;
        field.TryGetProperty("constraints", out var constraints);
        return new Column
        {
            Name = name,
            Ordinal = ordinal,
            Type = ReadType(field.GetProperty("type").GetString()!),
            Role = ReadRole(Text(field, "role")),
            Title = field.GetProperty("title").GetString()!,
            Description = field.GetProperty("description").GetString()!,
            Unit = Text(field, "unit"),
            Default = Text(field, "default"),
            Required = constraints.ValueKind == JsonValueKind.Object && constraints.TryGetProperty("required", out var required) && required.GetBoolean(),
            Allowed = Child(constraints, "enum") is { } allowed ? [.. allowed.EnumerateArray().Select(value => value.GetString()!)] : [],
            MaxLength = Child(constraints, "maxLength")?.GetInt32() ?? 4000,
            Pattern = Text(constraints, "pattern"),
            Example = Text(field, "example"),
            Minimum = Child(constraints, "minimum")?.GetDouble(),
            Maximum = Child(constraints, "maximum")?.GetDouble(),
            References = references.GetValueOrDefault(name),
        };
    }

    private static ColumnType ReadType(string type) => type switch
    {
        "string" => ColumnType.String,
        "integer" => ColumnType.Integer,
        "number" => ColumnType.Number,
        "boolean" => ColumnType.Boolean,
        "date" => ColumnType.Date,
        "datetime" => ColumnType.Instant,
        _ => throw new InvalidOperationException($"A Table Schema field has the unknown type {type}."),
    };

    private static ColumnRole ReadRole(string? role) => role switch
    {
        null => ColumnRole.Given,
        "derived" => ColumnRole.Derived,
        "system" => ColumnRole.System,
        _ => throw new InvalidOperationException($"A Table Schema field has the unknown role {role}."),
    };

    private static JsonElement? Child(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var child) ? child : null;

    private static string? Text(JsonElement element, string name) => Child(element, name)?.GetString();
}
