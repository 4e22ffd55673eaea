using System.Text.Json.Nodes;
using ConflictData.Api;
using Microsoft.OpenApi;
using static ConflictData.OpenApi.Shapes;

namespace ConflictData.OpenApi;

/// <summary>What operations answer, short to write.</summary>
internal static class Answers
{
    public const string Json = "application/json";
    public const string Csv = "text/csv";
    public const string NdJson = "application/x-ndjson";
    public const string Problem = "application/problem+json";

    /// <summary>The component that every answer to HEAD is.</summary>
    public const string HeadId = "head";

    public static (int Status, IOpenApiResponse Response) NotModified => (304, Plain("The client has the answer.", "ETag"));

    /// <summary>An answer in some forms.</summary>
    public static OpenApiResponse Of(string text, IEnumerable<string> headers, params (string MediaType, OpenApiMediaType Content)[] contents) => new()
    {
        Description = text,
        Headers = headers.ToDictionary(name => name, name => (IOpenApiHeader)new OpenApiHeaderReference(name)),
        Content = contents.ToDictionary(content => content.MediaType, IOpenApiMediaType (content) => content.Content),
    };

    /// <summary>JSON of a schema among the components, with the example of that name.</summary>
    public static OpenApiResponse OfJson(string text, string schema, string? example = null, params string[] headers) =>
        Of(text, headers, (Json, Content(schema, example)));

    /// <summary>No body.</summary>
    public static OpenApiResponse Plain(string text, params string[] headers) => Of(text, headers);

    public static OpenApiMediaType Content(string schema, string? example = null) =>
        new() { Schema = Ref(schema), Example = example is null ? null : Examples.Named(example) };

    /// <summary>A text that JSON has no part in.</summary>
    public static OpenApiMediaType Text(string description, string? example = null) =>
        new() { Schema = Shapes.Text(description), Example = example is null ? null : JsonValue.Create(example) };

    /// <summary>The answer with one of those errors, which share a status.</summary>
    public static OpenApiResponse Error(ErrorShape shape, IReadOnlyList<ErrorCode> codes) => Of(
        string.Join(' ', codes.Select(ErrorSchemas.Line)),
        HeadersOf(codes),
        (shape == ErrorShape.OData ? Json : Problem, new OpenApiMediaType
        {
            Schema = ErrorSchemas.Of(shape, codes),
            Examples = codes.ToDictionary(code => code.Name, IOpenApiExample (code) => new OpenApiExample { Summary = code.Title, Value = ErrorSchemas.Example(shape, code) }),
        }));

    private static string[] HeadersOf(IReadOnlyList<ErrorCode> codes) => codes[0].Status switch
    {
        401 => ["WWW-Authenticate"],
        410 when codes.Contains(ErrorCode.DeltaGone) => ["Location"],
        416 => ["Content-Range"],
        409 when codes.Contains(ErrorCode.InProgress) => ["Retry-After"],
        429 or 503 => ["Retry-After"],
        _ => [],
    };
}
