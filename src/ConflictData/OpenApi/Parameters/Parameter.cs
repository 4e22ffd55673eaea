using Microsoft.OpenApi;

namespace ConflictData.OpenApi;

/// <summary>Parameters of calls, short to write.</summary>
internal static class Parameter
{
    /// <summary>A part of the address. It alone has an example: pages that try a call would send those of options with it.</summary>
    public static OpenApiParameter Part(string name, OpenApiSchema schema, string example)
    {
        var part = Of(ParameterLocation.Path, name, schema);
        (part.Required, part.Example) = (true, example);
        return part;
    }

    /// <summary>An option behind the question mark.</summary>
    public static OpenApiParameter Option(string name, OpenApiSchema schema) => Of(ParameterLocation.Query, name, schema);

    public static OpenApiParameter Header(string name, OpenApiSchema schema) => Of(ParameterLocation.Header, name, schema);

    /// <summary>What is said of the value is said of the parameter, where readers look for it.</summary>
    private static OpenApiParameter Of(ParameterLocation place, string name, OpenApiSchema schema)
    {
        var parameter = new OpenApiParameter { Name = name, In = place, Description = schema.Description, Schema = schema };
        schema.Description = null;
        return parameter;
    }
}
