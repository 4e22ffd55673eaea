using System.Collections.Frozen;
using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace ConflictData.Api;

/// <summary>Which answers are compressed, and how. Answers are computed, so the fastest level it is.</summary>
internal sealed class CompressionChoice : IResponseCompressionProvider
{
    /// <summary>A smaller body gains nothing.</summary>
    private const int LeastBytes = 1024;

    private static readonly FrozenSet<string> Types = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "application/atom+xml", "application/geo+json", "application/json", "application/ld+json", "application/problem+json", "application/x-ndjson", "application/xml", "application/yaml", "multipart/mixed",
        "text/css", "text/csv", "text/html", "text/javascript", "text/plain");

    /// <summary>The first of those that the client likes best is taken: br makes a page of rows smaller than gzip does, in less time.</summary>
    private readonly ICompressionProvider[] providers =
    [
        new BrotliCompressionProvider(Options.Create(new BrotliCompressionProviderOptions { Level = CompressionLevel.Fastest })),
        new GzipCompressionProvider(Options.Create(new GzipCompressionProviderOptions { Level = CompressionLevel.Fastest })),
    ];

    public bool CheckRequestAcceptsCompression(HttpContext context) => !StringValues.IsNullOrEmpty(context.Request.Headers.AcceptEncoding);

    /// <summary>Not what is compressed already, nor files that are served in ranges: their tags and lengths are of the bytes as they lie.</summary>
    public bool ShouldCompressResponse(HttpContext context)
    {
        var response = context.Response;
        return response.ContentLength is null or >= LeastBytes
            && StringValues.IsNullOrEmpty(response.Headers.ContentEncoding)
            && StringValues.IsNullOrEmpty(response.Headers.ContentRange)
            && StringValues.IsNullOrEmpty(response.Headers.AcceptRanges)
            && MediaTypeHeaderValue.TryParse(response.ContentType, out var type)
            && Types.Contains(type.MediaType.ToString());
    }

    public ICompressionProvider? GetCompressionProvider(HttpContext context)
    {
        var accepted = AcceptedEncodings.Of(context.Request);
        var best = providers.MaxBy(provider => accepted.QualityOf(provider.EncodingName))!;
        return accepted.Takes(best.EncodingName) ? best : null;
    }
}
