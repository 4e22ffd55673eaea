using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace ConflictData.OpenApi;

/// <summary>Schemas of JSON values, short to write.</summary>
internal static class Shapes
{
    public static OpenApiSchema Text(string description, string? format = null) =>
        new() { Type = JsonSchemaType.String, Format = format, Description = description };

    public static OpenApiSchema Instant(string description) => Text(description, "date-time");

    public static OpenApiSchema Address(string description) => Text(description, "uri");

    public static OpenApiSchema Pattern(string pattern, string description) =>
        new() { Type = JsonSchemaType.String, Pattern = pattern, Description = description };

    public static OpenApiSchema Choice(IEnumerable<string> values, string description) =>
        new() { Type = JsonSchemaType.String, Enum = [.. values.Select(value => (JsonNode)value)], Description = description };

    public static OpenApiSchema Whole(string description, long? minimum = 0, long? maximum = null) => new()
    {
        Type = JsonSchemaType.Integer,
        Format = "int64",
        Minimum = minimum?.ToString(CultureInfo.InvariantCulture),
        Maximum = maximum?.ToString(CultureInfo.InvariantCulture),
        Description = description,
    };

    public static OpenApiSchema Truth(string description) => new() { Type = JsonSchemaType.Boolean, Description = description };

    /// <summary>Any value that JSON has.</summary>
    public static OpenApiSchema Anything(string description) => new() { Description = description };

    public static OpenApiSchema List(IOpenApiSchema items, string description) =>
        new() { Type = JsonSchemaType.Array, Items = items, Description = description };

    /// <summary>An object whose members have names that are not known beforehand.</summary>
    public static OpenApiSchema Map(IOpenApiSchema values, string description) =>
        new() { Type = JsonSchemaType.Object, AdditionalProperties = values, Description = description };

    /// <summary>An object with those members; one whose name ends in ? may be left out.</summary>
    public static OpenApiSchema Object(string description, params (string Name, IOpenApiSchema Schema)[] members) => new()
    {
        Type = JsonSchemaType.Object,
        Description = description,
        Required = members.Where(member => !member.Name.EndsWith('?')).Select(member => member.Name).ToHashSet(),
        Properties = members.ToDictionary(member => member.Name.TrimEnd('?'), member => member.Schema),
    };

    /// <summary>The same object with no room for members that are not described.</summary>
    public static OpenApiSchema Closed(this OpenApiSchema schema)
    {
        schema.AdditionalPropertiesAllowed = false;
        return schema;
    }

    /// <summary>The same, or null.</summary>
    public static OpenApiSchema OrNull(this OpenApiSchema schema)
    {
        schema.Type |= JsonSchemaType.Null;
        schema.Enum?.Add(JsonNullSentinel.JsonNull);
        return schema;
    }

    /// <summary>The schema of that name among the components.</summary>
    public static IOpenApiSchema Ref(string name) => new OpenApiSchemaReference(name);

    /// <summary>All of both: what is described elsewhere, and more of it.</summary>
    public static OpenApiSchema And(this IOpenApiSchema schema, OpenApiSchema more) => new() { AllOf = [schema, more] };
}
