using ConflictData.Api;
using ConflictData.Query;
using Microsoft.AspNetCore.Http;

namespace ConflictData.OData;

/// <summary>Finds the release up to which changes are told, and makes sure that the one from which they are told lies in its past.</summary>
internal static class DeltaStart
{
    /// <returns>
    /// The release to read; <see cref="ErrorCode.DeltaGone"/> where the client's release is not in the past of it, so that it has to
    /// begin anew; or what <see cref="ReadPoint.Find"/> fails with.
    /// </returns>
    public static async Task<Result<ReadPoint>> Find(HttpRequest http, PreparedRead read, ReleaseFollower follower, TimeProvider clock, CancellationToken cancellation)
    {
        var (since, call) = (read.Since!, read.Request.Call);
        // Another instance may have given the link at a release that this one has not loaded yet.
        if (since.Release > 0 && (await follower.AtLeast(since.Release, cancellation)).Error is { } missing)
        {
            return missing.Code == ErrorCode.ReleaseNotFound ? Gone(read, $"There is no release {since.Release} here any more") : missing;
        }
        if (!(await ReadPoint.Find(http, call, read, follower, clock, cancellation)).Succeeded(out var at, out var error))
        {
            return error;
        }
        if (!DeltaToken.MarkOf(at.History.Find(since.Release)).AsSpan().SequenceEqual(since.Mark))
        {
            return Gone(read, $"Release {since.Release} is not the one that the delta link was made at");
        }
        return since.Release <= at.Release ? at
            : call.Pinned is not null ? new ApiError(ErrorCode.NotReady, $"The batch reads release {at.Release}; the delta link is of release {since.Release}. Send the batch again.") { RetryAfter = 1, Target = "$deltatoken" }
            : Gone(read, $"The delta link is of release {since.Release}, but this address means release {at.Release}");
    }

    private static ApiError Gone(PreparedRead read, string why) => new(ErrorCode.DeltaGone, $"{why}; read the set anew.")
    {
        Target = "$deltatoken",
        Location = FeedLinks.Anew(read.Request, TrackedQuery.Of(read.Request)),
    };
}
