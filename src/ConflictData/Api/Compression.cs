using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;

namespace ConflictData.Api;

/// <summary>
/// Compresses answers while they are written, in the way that the client's Accept-Encoding prefers. ASP.NET Core's own
/// middleware does the work; the functions worker has no place to hang it up, so the pipeline calls it.
/// </summary>
public sealed class Compression
{
    private readonly CompressionChoice choice = new();

    /// <summary>Writes an answer; its last compressed byte is sent when the task is complete.</summary>
    public async Task Write(HttpContext context, IResult answer)
    {
        await new ResponseCompressionMiddleware(answer.ExecuteAsync, choice).Invoke(context);
        if (HttpMethods.IsHead(context.Request.Method) && !context.Response.HasStarted)
        {
            AnnounceAsGet(context);
        }
    }

    /// <summary>The middleware sets its headers with the first byte, which an answer to HEAD does not have.</summary>
    private void AnnounceAsGet(HttpContext context)
    {
        if (choice.ShouldCompressResponse(context) && choice.GetCompressionProvider(context) is { } provider)
        {
            context.Response.Headers.ContentEncoding = provider.EncodingName;
            context.Response.ContentLength = null;
        }
    }
}
