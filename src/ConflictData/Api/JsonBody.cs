using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Api;

/// <summary>Reads a small JSON object from the body of a request.</summary>
internal static class JsonBody
{
    private const int MostBytes = 32 * 1024;

    /// <param name="request">The request.</param>
    /// <param name="type">What the object is.</param>
    /// <param name="form">What to send, in words, to end each message with.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static async Task<Result<T>> Read<T>(HttpRequest request, JsonTypeInfo<T> type, string form, CancellationToken cancellation)
        where T : class
    {
        if (!request.HasJsonContentType())
        {
            return new ApiError(ErrorCode.UnsupportedMediaType, $"The body must be JSON. {form}") { Target = "Content-Type" };
        }

        return await LimitedBody.Read(request.Body, MostBytes, cancellation) is { } body
            ? Parse(body, type, form)
            : new ApiError(ErrorCode.TooLarge, $"The body is larger than {MostBytes / 1024} KB. {form}");
    }

    private static Result<T> Parse<T>(byte[] body, JsonTypeInfo<T> type, string form)
        where T : class
    {
        try
        {
            // From a stream, since that passes over a byte order mark.
            using var text = new MemoryStream(body, writable: false);
            return JsonSerializer.Deserialize(text, type) is { } read ? read : Bad($"The body is null. {form}", null);
        }
        catch (JsonException error)
        {
            var place = $"line {(error.LineNumber ?? 0) + 1}, byte {(error.BytePositionInLine ?? 0) + 1}";
            return Bad($"The body cannot be read from {place} on. {form}", error.Path is ['$', '.', .. var member] ? member : null);
        }
    }

    private static ApiError Bad(string detail, string? target) => new(ErrorCode.BadRequest, detail) { Target = target };
}
