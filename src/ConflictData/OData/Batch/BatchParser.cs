using ConflictData.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ConflictData.OData;

/// <summary>A batch as it came.</summary>
/// <param name="Items">Its requests, in order.</param>
/// <param name="Form">The form of the answer.</param>
internal sealed record BatchCall(IReadOnlyList<BatchItem> Items, BatchForm Form);

/// <summary>Reads a batch in either form.</summary>
internal sealed class BatchParser(Settings limits)
{
    public async Task<Result<BatchCall>> Read(HttpRequest request, string version, CancellationToken cancellation)
    {
        if (!HttpMethods.IsPost(request.Method))
        {
            return new ApiError(ErrorCode.NotSupported, "A batch is sent with POST.") { Target = "method" };
        }
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || FormOf(type) is not { } form)
        {
            return new ApiError(ErrorCode.UnsupportedMediaType, "A batch is application/json or multipart/mixed.") { Target = "Content-Type" };
        }
        if (QueryBody.Packed(request, "$batch") is { } packed)
        {
            return packed;
        }
        if (await LimitedBody.Read(request.Body, limits.MaxQueryBody, cancellation) is not { } body)
        {
            return new ApiError(ErrorCode.BadRequest, $"A batch is at most {limits.MaxQueryBody} bytes long. Send it in parts.") { Target = "body" };
        }
        if (!ChooseForm(request, form, version).Succeeded(out var answer, out var error))
        {
            return error;
        }
        var read = form == BatchForm.Json
            ? BatchJson.Read(body)
            : await BatchMultipart.Read(new MemoryStream(body), HeaderUtilities.RemoveQuotes(type.Boundary).ToString(), cancellation);
        if (!read.Succeeded(out var items, out error))
        {
            return error;
        }
        return items.Count <= limits.MaxBatchRequests
            ? new BatchCall(items, answer)
            : new ApiError(ErrorCode.BadRequest, $"A batch has at most {limits.MaxBatchRequests} requests; this one has {items.Count}. Send it in parts.") { Target = "body" };
    }

    /// <summary>
    /// The form that Accept likes best; the batch's own where it does not say. 4.0 knows multipart alone, and its clients send
    /// with a batch what they accept for rows.
    /// </summary>
    private static Result<BatchForm> ChooseForm(HttpRequest request, BatchForm own, string version)
    {
        if ((own == BatchForm.Multipart && version == "4.0") || !MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var types) || types.Count == 0)
        {
            return own;
        }
        foreach (var type in types.Where(type => type.Quality is not 0).OrderByDescending(type => type.Quality ?? 1))
        {
            if ((type.MatchesAllSubTypes ? own : FormOf(type)) is { } form)
            {
                return form;
            }
        }
        return new ApiError(ErrorCode.NotAcceptable, "A batch is answered as application/json or multipart/mixed.") { Target = "Accept" };
    }

    private static BatchForm? FormOf(MediaTypeHeaderValue type) => type.MediaType.ToString().ToLowerInvariant() switch
    {
        "application/json" => BatchForm.Json,
        "multipart/mixed" => BatchForm.Multipart,
        _ => null,
    };
}
