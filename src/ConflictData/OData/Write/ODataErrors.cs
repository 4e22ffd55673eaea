using System.Globalization;
using System.Text.Json;
using ConflictData.Api;
using Microsoft.AspNetCore.Http;

namespace ConflictData.OData;

/// <summary>Writes failures as OData error objects.</summary>
public static class ODataErrors
{
    public static async Task Write(HttpContext http, ApiError error, CancellationToken cancellation)
    {
        var response = http.Response;
        response.StatusCode = error.Code.Status;
        response.ContentType = "application/json;odata.metadata=minimal;charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers["OData-Version"] = http.Request.Headers["OData-MaxVersion"].ToString() == "4.0" ? "4.0" : "4.01";
        if (error.RetryAfter is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await response.BodyWriter.WriteAsync(Body(error), cancellation);
        }
    }

    private static byte[] Body(ApiError error)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("error");
            writer.WriteString("code", error.Code.Name);
            writer.WriteString("message", error.Detail);
            if (error.Target is not null)
            {
                writer.WriteString("target", error.Target);
            }
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        return stream.ToArray();
    }
}
