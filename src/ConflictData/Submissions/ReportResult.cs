using System.Globalization;
using System.Text.Json;
using ConflictData.Api;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Submissions;

/// <summary>Sends a report as it was kept, so that a repeated call gets the same bytes.</summary>
internal sealed class ReportResult(SubmissionAnswer answer, Links links) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = answer.Status;
        response.ContentType = answer.Status < 400 ? "application/json" : "application/problem+json";
        response.ContentLength = answer.Body.Length;
        response.Headers.CacheControl = "no-store";
        NameRelease(response);
        if (!HttpMethods.IsHead(httpContext.Request.Method))
        {
            await response.Body.WriteAsync(answer.Body, httpContext.RequestAborted);
        }
    }

    private void NameRelease(HttpResponse response)
    {
        using var report = JsonDocument.Parse(answer.Body);
        if (answer.Status == StatusCodes.Status201Created)
        {
            response.Headers.Location = links.To($"submissions/{report.RootElement.GetProperty("id").GetString()}").AbsoluteUri;
        }

        if (report.RootElement.GetProperty("release") is { ValueKind: JsonValueKind.Number } release)
        {
            response.Headers["Conflict-Release"] = release.GetInt32().ToString(CultureInfo.InvariantCulture);
        }
    }
}
