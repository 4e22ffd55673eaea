using ConflictData.Access;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Api;

/// <summary>
/// Headers that every answer carries: those that keep browsers from doing more with it than reading it, and, for the origins of
/// <see cref="Settings.AllowedOrigins"/>, those that let their pages read it. Keys go in headers of their own and never in
/// cookies, so no origin is allowed to send credentials of the browser's.
/// </summary>
public sealed class AnswerHeaders(Settings settings)
{
    private const string Exposed = "Conflict-Count, Conflict-Release, Conflict-Repeated, Conflict-Stale, ETag, Last-Modified, Link, Location, OData-Version, Preference-Applied, Retry-After, WWW-Authenticate";
    private const string Methods = "GET, HEAD, POST, PUT, PATCH, DELETE";
    private const string Headers =
        "Accept, Authorization, Conflict-Min-Release, Content-Encoding, Content-Type, Idempotency-Key, If-Match, If-None-Match, If-Unmodified-Since, OData-MaxVersion, OData-Version, Prefer, Range, x-api-key";

    private const string PreflightSeconds = "600";
    private const string HttpsOnly = "max-age=31536000";

    private readonly string[] origins = settings.AllowedOrigins.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    private readonly bool isHttps = settings.PublicUrl.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    /// <summary>Puts them on the answer to a request.</summary>
    public void Write(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-cache";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.XFrameOptions = "DENY";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        if (isHttps)
        {
            headers.StrictTransportSecurity = HttpsOnly;
        }

        if (origins.Length > 0)
        {
            headers.Vary = "Origin";
        }

        if (IsAllowed(context.Request))
        {
            headers.AccessControlAllowOrigin = context.Request.Headers.Origin;
            headers.AccessControlExposeHeaders = Exposed;
        }
    }

    /// <summary>Answers a browser that asks what it may send: 204, and nothing said to an origin that is not allowed.</summary>
    public IResult Preflight(ApiCall call)
    {
        var headers = call.Request.HttpContext.Response.Headers;
        if (IsAllowed(call.Request))
        {
            headers.AccessControlAllowMethods = Methods;
            headers.AccessControlAllowHeaders = Headers;
            headers.AccessControlMaxAge = PreflightSeconds;
        }

        return Results.NoContent();
    }

    private bool IsAllowed(HttpRequest request) => origins.Contains(request.Headers.Origin.ToString(), StringComparer.Ordinal);
}
