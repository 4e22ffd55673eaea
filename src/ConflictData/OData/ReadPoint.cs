using System.Globalization;
using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.Query;
using ConflictData.Releases;
using Microsoft.AspNetCore.Http;

namespace ConflictData.OData;

/// <summary>The release that a request reads.</summary>
/// <param name="Release">Its number; 0 in an empty store.</param>
/// <param name="History">The releases that are known, it among them.</param>
internal sealed record ReadPoint(int Release, ReleaseHistory History)
{
    /// <summary>The last release that touched one of the datasets: what is read from them is the same since.</summary>
    public int Effective(IReadOnlyCollection<Dataset> datasets) => History.EffectiveRelease(Release, datasets);

    public Commit? EffectiveCommit(IReadOnlyCollection<Dataset> datasets) => History.Find(Effective(datasets));

    /// <summary>Finds it: the release that a skip token names (pinned), else what the root says.</summary>
    public static async Task<Result<ReadPoint>> Find(
        HttpRequest request, ODataCall call, int? pinned, ReleaseFollower follower, TimeProvider clock, CancellationToken cancellation)
    {
        if (await Await(request, follower, cancellation) is { } missing)
        {
            return missing;
        }
        if (pinned is null && call.Release is not null)
        {
            var named = await ReleaseName.Find(call.Release, follower, clock, cancellation);
            if (!named.Succeeded(out var commit, out var unknown))
            {
                return unknown;
            }
            pinned = commit.Release;
        }
        var known = pinned is > 0 ? await follower.AtLeast(pinned.Value, cancellation) : await follower.Current(cancellation);
        return known.Succeeded(out var history, out var error)
            ? new ReadPoint(pinned ?? history.Head?.Release ?? 0, history)
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
