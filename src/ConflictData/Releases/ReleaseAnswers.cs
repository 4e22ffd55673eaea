using System.Globalization;
using ConflictData.Api;
using ConflictData.Query;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Releases;

/// <summary>What the release addresses answer.</summary>
public sealed class ReleaseAnswers(ReleaseFollower follower, TimeProvider clock)
{
    private const int ListedAtOnce = 100;

    /// <summary>The releases, newest first, 100 at a time; <c>next</c> is the address of older ones or null.</summary>
    public async Task<IResult> List(ApiCall call)
    {
        if (!(await follower.Current(call.Request.HttpContext.RequestAborted)).Succeeded(out var history, out var trouble))
        {
            return new ErrorResult(trouble, ErrorShape.Problem);
        }

        var head = history.Head?.Release ?? 0;
        var asked = call.Request.Query["before"].ToString();
        var before = head + 1;
        if (asked.Length > 0 && !int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out before))
        {
            return new ErrorResult(new(ErrorCode.BadRequest, $"before={asked} is not the number of a release.") { Target = "before" }, ErrorShape.Problem);
        }

        var newest = Math.Min(before - 1, head);
        var oldest = Math.Max(1, newest - ListedAtOnce + 1);
        var listed = Enumerable.Range(oldest, Math.Max(0, newest - oldest + 1)).Reverse().Select(release => ReleaseDocument.Of(history.Find(release)!, history.Tags, call.Links));
        var next = oldest > 1 ? call.Links.To($"releases?before={oldest}") : null;
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
        return (await ReleaseName.Find(release, follower, clock, cancellation)).Succeeded(out var commit, out var error)
            && (await follower.Current(cancellation)).Succeeded(out var history, out error)
            ? Results.Json(ReleaseDocument.Of(commit, history.Tags, call.Links), ApiJson.Readable.ReleaseDocument)
            : new ErrorResult(error, ErrorShape.Problem);
    }
}
