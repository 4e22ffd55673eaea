using System.Net.Http.Headers;
using ConflictData.Api;

namespace ConflictData.Submissions;

/// <summary>What kind of body a submission has.</summary>
internal enum BodyKind
{
    Csv,
    Json,
    NdJson,
    Multipart,
    Zip,
}

/// <summary>Media types that submissions are read in.</summary>
internal static class MediaType
{
    private const string Known =
        "Send text/csv, application/json (an array of objects) or application/x-ndjson to /api/submissions/{dataset}, "
        + "or several datasets as multipart/form-data or application/zip to /api/submissions. With curl: -H 'Content-Type: text/csv'.";

    /// <summary>The kind of body that a Content-Type announces, with its boundary where it has one.</summary>
    public static Result<(BodyKind Kind, string? Boundary)> Read(string? contentType)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type))
        {
            return Refuse(contentType is null ? "The request has no Content-Type." : "The Content-Type cannot be read.");
        }

        if (KindOf(type.MediaType!.ToLowerInvariant()) is not { } kind)
        {
            return Refuse($"{type.MediaType} is not read here.");
        }

        var charset = type.CharSet?.Trim('"');
        return charset is null || charset.ToLowerInvariant() is "utf-8" or "utf8" or "us-ascii"
            ? (kind, type.Parameters.FirstOrDefault(parameter => parameter.Name.Equals("boundary", StringComparison.OrdinalIgnoreCase))?.Value?.Trim('"'))
            : Refuse($"The charset {charset} is not read here, only utf-8.");
    }

    /// <summary>The format that a file of a set has by its name; null where the ending says none.</summary>
    public static RowFormat? FormatOf(string fileName) => Path.GetExtension(fileName).ToLowerInvariant() switch
    {
        ".csv" => RowFormat.Csv,
        ".json" => RowFormat.Json,
        ".ndjson" or ".jsonl" => RowFormat.NdJson,
        _ => null,
    };

    /// <summary>The format of one dataset's rows; null for the kinds that bring sets.</summary>
    public static RowFormat? FormatOf(BodyKind kind) => kind switch
    {
        BodyKind.Csv => RowFormat.Csv,
        BodyKind.Json => RowFormat.Json,
        BodyKind.NdJson => RowFormat.NdJson,
        _ => null,
    };

    /// <summary>How the name of a file with such a body ends.</summary>
    public static string EndingOf(string contentType) => Read(contentType).Succeeded(out var type, out _) ? type.Kind switch
    {
        BodyKind.Csv => ".csv",
        BodyKind.Json => ".json",
        BodyKind.NdJson => ".ndjson",
        BodyKind.Zip => ".zip",
        _ => ".multipart",
    } : "";

    private static BodyKind? KindOf(string type) => type switch
    {
        "text/csv" or "application/csv" or "text/tab-separated-values" => BodyKind.Csv,
        "application/json" or "text/json" => BodyKind.Json,
        "application/x-ndjson" or "application/ndjson" or "application/jsonl" or "application/x-jsonlines" => BodyKind.NdJson,
        "multipart/form-data" => BodyKind.Multipart,
        "application/zip" or "application/x-zip-compressed" => BodyKind.Zip,
        _ => null,
    };

    private static ApiError Refuse(string what) => new(ErrorCode.UnsupportedMediaType, $"{what} {Known}") { Target = "Content-Type" };
}
