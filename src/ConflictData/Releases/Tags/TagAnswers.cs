using ConflictData.Api;
using ConflictData.Query;
using ConflictData.Submissions;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Releases;

/// <summary>What the addresses that move tags answer.</summary>
public sealed class TagAnswers(IReleaseStore store, ReleaseFollower follower, TimeProvider clock)
{
    /// <summary>
    /// Puts a tag on a release, wherever it was before: 201 with the release where there was no such tag, 200 where it was on
    /// another release or, and then nothing is written, on this one.
    /// </summary>
    public async Task<IResult> Put(ApiCall call, string release)
    {
        var error = QueryOptions.Unknown(call.Request.Query);
        if (error is not null || !(await TagRequest.Read(call.Request, call.Request.HttpContext.RequestAborted)).Succeeded(out var asked, out error))
        {
            return new ErrorResult(error, ErrorShape.Problem);
        }

        return await Carry(call, release, found => new TagOrder(asked.Tag!, found, TakesAway: false, call.Caller.Owner, asked.Message));
    }

    /// <summary>Takes a tag away from the release that it is on: 200 with the release.</summary>
    public async Task<IResult> Delete(ApiCall call, string release, string tag)
    {
        var message = RowCheckText.Trim(call.Request.Query["message"].ToString());
        var error = QueryOptions.Unknown(call.Request.Query, "message") ?? ChangeMessage.Problem(message);
        return error is not null
            ? new ErrorResult(error, ErrorShape.Problem)
            : await Carry(call, release, found => new TagOrder(tag, found, TakesAway: true, call.Caller.Owner, message));
    }

    /// <summary>
    /// Finds the release as it stands now: whoever names it latest means what was committed before, wherever that was. From there
    /// on the work is done whether or not the caller waits for it.
    /// </summary>
    private async Task<IResult> Carry(ApiCall call, string release, Func<int, TagOrder> order)
    {
        if (!(await follower.Newest(call.Request.HttpContext.RequestAborted)).Succeeded(out var history, out var error)
            || !ReleaseName.In(history, release, clock.GetUtcNow()).Succeeded(out var commit, out error)
            || !(await store.MoveTag(order(commit.Release), history.Tags, CancellationToken.None)).Succeeded(out var result, out error))
        {
            return new ErrorResult(error, ErrorShape.Problem);
        }

        follower.Applied(result.Tags);
        var isNew = result is { IsMade: true, Move: { From: null, To: not null } };
        if (isNew)
        {
            call.Request.HttpContext.Response.Headers.Location = call.Links.To($"releases/{result.Move.Tag}").AbsoluteUri;
        }

        return Results.Json(
            ReleaseDocument.Of(commit, result.Tags, call.Links),
            ApiJson.Readable.ReleaseDocument,
            statusCode: isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }
}
