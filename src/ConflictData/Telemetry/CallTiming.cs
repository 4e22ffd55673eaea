using System.Collections.Frozen;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Telemetry;

/// <summary>
/// Times a call. Its area is the first part of its address that says what it is about, or "other". Its span belongs to the trace that the
/// caller names in <c>traceparent</c>, else it begins one; never to that of the server, which nobody collects since it would tell the query.
/// </summary>
internal sealed class CallTiming : IDisposable
{
    private static readonly FrozenSet<string> Areas = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "odata", "datasets", "submissions", "inbox", "releases", "releases.atom", "snapshots", "keys", "webhooks", "geo", "openapi", "swagger", "health", "explorer");

    private readonly HttpContext context;
    private readonly long began = Stopwatch.GetTimestamp();
    private readonly Activity? around = Activity.Current;
    private readonly Activity? span;

    public CallTiming(HttpContext context)
    {
        this.context = context;
        if (Instruments.Activities.HasListeners())
        {
            // Not of the kind server: in Azure the Functions host tells of each request already.
            Activity.Current = null;
            _ = ActivityContext.TryParse(context.Request.Headers.TraceParent, context.Request.Headers.TraceState, isRemote: true, out var caller);
            span = Instruments.Activities.StartActivity($"{Method(context)} {Area(context.Request.Path)}", ActivityKind.Internal, caller);
        }
    }

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
            new("method", Method(context)),
            new("status", context.Response.StatusCode));
        span?.SetTag("http.response.status_code", context.Response.StatusCode);
        span?.SetStatus(context.Response.StatusCode >= 500 ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
        span?.Dispose();
        Activity.Current = around;
    }

    private static string Method(HttpContext context) =>
        context.Request.Method is "GET" or "HEAD" or "POST" or "PUT" or "DELETE" or "OPTIONS" ? context.Request.Method : "other";
}
