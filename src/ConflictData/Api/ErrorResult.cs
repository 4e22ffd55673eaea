using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Api;

/// <summary>How an error is written.</summary>
public enum ErrorShape
{
    /// <summary>RFC 9457 problem+json with the member <c>code</c>.</summary>
    Problem,

    /// <summary>The OData error object, with the same codes.</summary>
    OData,
}

/// <summary>Writes an error: status, headers and body.</summary>
public sealed class ErrorResult(ApiError error, ErrorShape shape) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = error.Code.Status;
        response.Headers.CacheControl = "no-store";
        // They are of the answer that there would have been.
        response.Headers.Remove("ETag");
        response.Headers.Remove("Last-Modified");
        if (error.RetryAfter is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (error.Location is { } location)
        {
            response.Headers.Location = location;
        }

        if (error.Challenges.Count > 0)
        {
            response.Headers.WWWAuthenticate = error.Challenges;
        }

        var body = shape == ErrorShape.OData ? ODataBody() : error.Problem();
        response.ContentType = shape == ErrorShape.OData ? "application/json;odata.metadata=minimal;charset=utf-8" : "application/problem+json";
        if (shape == ErrorShape.OData && !response.Headers.ContainsKey("OData-Version"))
        {
            response.Headers["OData-Version"] = httpContext.Request.Headers["OData-MaxVersion"] == "4.0" ? "4.0" : "4.01";
        }

        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(httpContext.Request.Method))
        {
            await response.Body.WriteAsync(body, httpContext.RequestAborted);
        }
    }

    private ReadOnlyMemory<byte> ODataBody() => JsonObjectText.Write(json =>
    {
        json.WriteStartObject("error");
        json.WriteString("code", error.Code.Name);
        json.WriteString("message", error.Detail);
        error.WriteTarget(json);
        json.WriteEndObject();
    });
}
