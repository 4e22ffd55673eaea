using ConflictData.Api;
using ConflictData.Query;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Releases;

/// <summary>What the release addresses answer.</summary>
public sealed class ReleaseAnswers(ReleaseFollower follower, TimeProvider clock)
{
    internal const int ListedAtOnce = 100;

    /// <summary>The releases, newest first, 100 at a time; <c>next</c> is the address of older ones or null.</summary>
    public async Task<IResult> List(ApiCall call)
    {
        var error = QueryOptions.Unknown(call.Request.Query, BeforeRelease.Option);
        if (error is not null
            || !BeforeRelease.Read(call.Request).Succeeded(out var before, out error)
            || !(await follower.Current(call.Request.HttpContext.RequestAborted)).Succeeded(out var history, out error))
        {
            return new ErrorResult(error, ErrorShape.Problem);
        }

        var head = history.Head?.Release ?? 0;
        var newest = Math.Min(before - 1, head);
        var oldest = Math.Max(1, newest - ListedAtOnce + 1);
        var listed = Enumerable.Range(oldest, Math.Max(0, newest - oldest + 1)).Reverse().Select(release => ReleaseDocument.Of(history.Find(release)!, history.Tags, call.Links));
        var next = oldest > 1 ? call.Links.To($"releases?{BeforeRelease.Option}={oldest}") : null;
        return Results.Json(new ReleaseList([.. listed], next), ApiJson.Readable.ReleaseList);
    }

    /// <summary>The newest releases as an Atom feed; 304 where the client has it.</summary>
    public async Task<IResult> Atom(ApiCall call)
    {
        var error = QueryOptions.Unknown(call.Request.Query);
        return error is null && (await follower.Current(call.Request.HttpContext.RequestAborted)).Succeeded(out var history, out error)
            ? new TaggedResult(ReleaseAtom.Write(history, call.Links), ReleaseAtom.MediaType)
            : new ErrorResult(error, ErrorShape.Problem);
    }

    /// <summary>One release, by any of its names.</summary>
    public async Task<IResult> One(ApiCall call, string release)
    {
        var cancellation = call.Request.HttpContext.RequestAborted;
        // A release that is named may be known for long; its tags must not be.
        var error = QueryOptions.Unknown(call.Request.Query);
        return error is null
            && (await ReleaseName.Find(release, follower, clock, cancellation)).Succeeded(out var commit, out error)
            && (await follower.Current(cancellation)).Succeeded(out var history, out error)
            ? Results.Json(ReleaseDocument.Of(commit, history.Tags, call.Links), ApiJson.Readable.ReleaseDocument)
            : new ErrorResult(error, ErrorShape.Problem);
    }
}
