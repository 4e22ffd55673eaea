using System.Globalization;
using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.Query;
using Microsoft.AspNetCore.Http;

namespace ConflictData.OData;

/// <summary>What a request reads.</summary>
/// <param name="Point">The release, 0 in an empty store, and, for what depends on them, the tags.</param>
/// <param name="History">The releases that are known, it among them.</param>
internal sealed record ReadPoint(AsOf Point, ReleaseHistory History)
{
    public int Release => Point.Release;

    /// <summary>The point since which nothing in the datasets has changed: what is read from them is the same.</summary>
    public AsOf Effective(IReadOnlyCollection<Dataset> datasets) => History.Effective(Point, datasets);

    public DateTimeOffset? ChangedAt(IReadOnlyCollection<Dataset> datasets) => History.ChangedAt(Point, datasets);

    /// <summary>Finds it: what a skip token or the batch names, else what the root says. Without a read it is the point of a batch.</summary>
    public static async Task<Result<ReadPoint>> Find(
        HttpRequest request, ODataCall call, PreparedRead? read, ReleaseFollower follower, TimeProvider clock, CancellationToken cancellation)
    {
        if (await Await(request, follower, cancellation) is { } missing)
        {
            return missing;
        }
        var (pinned, readsTags) = (read?.From?.Point ?? call.Pinned, read?.ReadsTags ?? true);
        var release = pinned?.Release;
        if (release is null && call.Release is not null)
        {
            var named = await ReleaseName.Find(call.Release, follower, clock, cancellation);
            if (!named.Succeeded(out var commit, out var unknown))
            {
                return unknown;
            }
            release = commit.Release;
        }
        // A release that is named may be known for long; its tags must not be.
        var known = pinned is { Release: > 0 } point ? await follower.AtLeast(point, cancellation)
            : release is > 0 && !readsTags ? await follower.AtLeast(release.Value, cancellation)
            : await follower.Current(cancellation);
        return known.Succeeded(out var history, out var error)
            ? new ReadPoint(new(release ?? history.Head?.Release ?? 0, readsTags ? pinned?.Tags ?? history.Tags.Version : 0), history)
            : error;
    }

    /// <summary>Loads the release that the client must see, where it names one.</summary>
    private static async Task<ApiError?> Await(HttpRequest request, ReleaseFollower follower, CancellationToken cancellation)
    {
        const string Header = "Conflict-Min-Release";
        var text = request.Headers[Header].ToString();
        if (text.Length == 0)
        {
            return null;
        }
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var least) || least < 1)
        {
            return new ApiError(ErrorCode.BadRequest, $"{Header} takes the number of a release.") { Target = Header };
        }
        return (await follower.AtLeast(least, cancellation)).Error;
    }
}
