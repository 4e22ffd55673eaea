using System.Text;
using ConflictData.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ConflictData.OData;

/// <summary>The options in the body of a POST to /$query, as they would stand in an address (protocol 4.01, 11.2.6 and URL conventions 4.16).</summary>
internal static class QueryBody
{
    public const string Segment = "/$query";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads them. Whatever is not read as they are written is refused, since nobody would see that options are missing.</summary>
    public static async Task<Result<string>> Read(HttpRequest http, Settings limits, CancellationToken cancellation)
    {
        if (!MediaTypeHeaderValue.TryParse(http.ContentType, out var type) || !type.MediaType.Equals("text/plain", StringComparison.OrdinalIgnoreCase))
        {
            return new ApiError(ErrorCode.UnsupportedMediaType, $"The body of {Segment} is text/plain: the options as they would stand in an address.") { Target = "Content-Type" };
        }
        if (type.Charset.HasValue && !IsUtf8(HeaderUtilities.RemoveQuotes(type.Charset).ToString()))
        {
            return new ApiError(ErrorCode.UnsupportedMediaType, $"The body of {Segment} is UTF-8.") { Target = "Content-Type" };
        }
        if (Packed(http, Segment) is { } packed)
        {
            return packed;
        }
        return await LimitedBody.Read(http.Body, limits.MaxQueryBody, cancellation) is { } body
            ? Text(body)
            : new ApiError(ErrorCode.BadQuery, $"The body of {Segment} is longer than {limits.MaxQueryBody} bytes. Ask in several queries.") { Target = "body" };
    }

    /// <summary>Why a body that is packed is not read; null for one that is not.</summary>
    public static ApiError? Packed(HttpRequest http, string address) => http.Headers.ContentEncoding.ToString() is { Length: > 0 } coding && !coding.Equals("identity", StringComparison.OrdinalIgnoreCase)
        ? new ApiError(ErrorCode.UnsupportedMediaType, $"The body of {address} is read as it is; send it without Content-Encoding.") { Target = "Content-Encoding" }
        : null;

    private static bool IsUtf8(string charset) => charset.ToLowerInvariant() is "utf-8" or "utf8" or "us-ascii";

    /// <summary>Some put a byte order mark or the question mark of an address before the first option.</summary>
    private static Result<string> Text(byte[] body)
    {
        try
        {
            return Strict.GetString(body).TrimStart('\uFEFF').TrimStart('?');
        }
        catch (DecoderFallbackException)
        {
            return new ApiError(ErrorCode.BadQuery, $"The body of {Segment} is no UTF-8 text.") { Target = "body" };
        }
    }
}
