using ConflictData.Api;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Submissions;

/// <summary>What the address of the inbox answers.</summary>
public sealed class InboxAnswers(InboxFiles files, SubmissionLog log)
{
    private const int ListedAtOnce = 50;

    /// <summary>What lies in the inbox and how far each file is, 50 at a time; <c>next</c> is the address of more or null.</summary>
    public async Task<IResult> List(ApiCall call)
    {
        var cancellation = call.Request.HttpContext.RequestAborted;
        if (QueryOptions.Unknown(call.Request.Query, "after") is { } error)
        {
            return new ErrorResult(error, ErrorShape.Problem);
        }

        var after = call.Request.Query["after"].ToString();
        if (after.Any(char.IsControl))
        {
            return new ErrorResult(new(ErrorCode.BadRequest, "after must be the name of a file.") { Target = "after" }, ErrorShape.Problem);
        }

        var found = await files.After(after, cancellation).Take(ListedAtOnce + 1).ToListAsync(cancellation);
        var listed = await Task.WhenAll(found.Take(ListedAtOnce).Select(file => Document(call.Links, file, cancellation)));
        var next = found.Count > ListedAtOnce ? call.Links.To($"inbox?after={Uri.EscapeDataString(listed[^1].Name)}") : null;
        call.Request.HttpContext.Response.Headers.CacheControl = "private, no-store";
        return Results.Json(new InboxList(listed, next), ApiJson.Readable.InboxList);
    }

    private async Task<InboxDocument> Document(Links links, InboxFile file, CancellationToken cancellation)
    {
        var status = await log.Under(InboxFile.Owner, file.IdempotencyKey, cancellation);
        var state = status is null ? file.IsGrowing ? "growing" : "waiting" : status.IsOpen ? "loading" : "leaving";
        return new InboxDocument(file.Name, file.Length, file.WrittenAt, state)
        {
            Submission = status?.Attempt.SubmissionId,
            Rows = status is { IsOpen: true } ? status.Rows : null,
            Url = status is null ? null : links.To($"submissions/{status.Attempt.SubmissionId}"),
        };
    }
}
