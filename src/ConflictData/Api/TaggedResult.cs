using System.Security.Cryptography;
using ConflictData.OData;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Api;

/// <summary>A document with a tag of its bytes, or 304 where the client has it.</summary>
/// <param name="bytes">Its bytes.</param>
/// <param name="mediaType">Its media type.</param>
/// <param name="contentSecurity">What a browser may do with it; null = nothing, as with every answer.</param>
internal sealed class TaggedResult(ReadOnlyMemory<byte> bytes, string mediaType, string? contentSecurity = null) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        var tag = EntityTag.Of(Convert.ToHexString(SHA256.HashData(bytes.Span)), mediaType);
        response.Headers.ETag = tag;
        response.Headers.Append("Vary", "Accept-Encoding");
        if (contentSecurity is not null)
        {
            response.Headers.ContentSecurityPolicy = contentSecurity;
        }

        if (Preconditions.Failed(request) is { } refusal)
        {
            await new ErrorResult(refusal, ErrorShape.Problem).ExecuteAsync(httpContext);
            return;
        }

        if (EntityTag.IsKnown(request, tag) || EntityTag.IsAnyKnown(request))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = mediaType;
        response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(request.Method))
        {
            await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
        }
    }
}
