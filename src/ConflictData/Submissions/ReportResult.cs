using System.Globalization;
using System.Text.Json;
using ConflictData.Api;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Submissions;

/// <summary>
/// Sends a report as it was kept, or how far a submission is that has none yet. Where it was sent before, the answer says so: who meant
/// it anew must not take it for done.
/// </summary>
internal sealed class ReportResult(SubmissionAnswer answer, Links links) : IResult
{
    /// <summary>Seconds after which it is worth looking again.</summary>
    private const string LookAgainAfter = "3";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var body = answer.FirstSentAt is { } first ? RepeatedAnswer.Mark(answer.Body, first, response) : answer.Body;
        response.StatusCode = answer.Status;
        response.ContentType = answer.Status < 400 ? "application/json" : "application/problem+json";
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        Point(response);
        if (!HttpMethods.IsHead(httpContext.Request.Method))
        {
            await response.Body.WriteAsync(body, httpContext.RequestAborted);
        }
    }

    /// <summary>Names the release that it is, and where to look for it.</summary>
    private void Point(HttpResponse response)
    {
        using var report = JsonDocument.Parse(answer.Body);
        if (!report.RootElement.TryGetProperty("counts", out _) && report.RootElement.GetProperty("state").GetString() != "abandoned")
        {
            response.Headers.RetryAfter = LookAgainAfter;
        }

        if (answer.Status is StatusCodes.Status201Created or StatusCodes.Status202Accepted)
        {
            response.Headers.Location = links.To($"submissions/{report.RootElement.GetProperty("id").GetString()}").AbsoluteUri;
        }

        if (report.RootElement.TryGetProperty("release", out var release) && release.ValueKind == JsonValueKind.Number)
        {
            response.Headers["Conflict-Release"] = release.GetInt32().ToString(CultureInfo.InvariantCulture);
        }
    }
}
