using System.Collections.Frozen;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Telemetry;

/// <summary>Times a call. Its area is the first part of its address that says what it is about, or "other".</summary>
internal sealed class CallTiming(HttpContext context) : IDisposable
{
    private static readonly FrozenSet<string> Areas = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "odata", "datasets", "submissions", "inbox", "releases", "snapshots", "keys", "geo", "openapi", "swagger", "health", "explorer");

    private readonly long began = Stopwatch.GetTimestamp();
    private readonly Activity? span = Instruments.Activities.StartActivity($"{context.Request.Method} {Area(context.Request.Path)}", ActivityKind.Server);

    /// <summary>The area of an address: of a feed at a release it is odata.</summary>
    public static string Area(PathString path)
    {
        var parts = (path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        var area = parts.Length > 3 && parts[1] == "releases" && parts[3] == "odata" ? "odata" : parts.ElementAtOrDefault(1);
        return area is not null && Areas.TryGetValue(area, out var known) ? known : "other";
    }

    public void Dispose()
    {
        Instruments.CallSeconds.Record(
            Stopwatch.GetElapsedTime(began).TotalSeconds,
            new("area", Area(context.Request.Path)),
            new("method", context.Request.Method is "GET" or "HEAD" or "POST" or "PUT" or "DELETE" or "OPTIONS" ? context.Request.Method : "other"),
            new("status", context.Response.StatusCode));
        span?.SetTag("http.response.status_code", context.Response.StatusCode);
        span?.SetStatus(context.Response.StatusCode >= 500 ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
        span?.Dispose();
    }
}
