using System.Globalization;
using ConflictData.Api;
using ConflictData.Releases;

namespace ConflictData.Query;

/// <summary>The r of /releases/{r}: a number, a tag, latest, daily or an instant.</summary>
public static class ReleaseName
{
    /// <summary>Finds the release that a name stands for, asking the store where memory may be too old to say.</summary>
    /// <returns>
    /// The commit; <see cref="ErrorCode.ReleaseNotFound"/> when there is none, or it is not a name;
    /// <see cref="ErrorCode.NotReady"/> while nothing could be loaded yet.
    /// </returns>
    public static async Task<Result<Commit>> Find(string name, ReleaseFollower follower, TimeProvider clock, CancellationToken cancellation)
    {
        var known = ReadNumber(name) is { } number ? await follower.AtLeast(number, cancellation)
            : TagName.IsValid(name) ? await follower.Tagged(name, cancellation)
            : await follower.Current(cancellation);
        return known.Succeeded(out var history, out var error) ? In(history, name, clock.GetUtcNow()) : error;
    }

    /// <summary>Finds the release among those that are known.</summary>
    public static Result<Commit> In(ReleaseHistory history, string name, DateTimeOffset now)
    {
        var commit = name switch
        {
            "latest" => history.Head,
            "daily" => history.Daily(now),
            _ when ReadNumber(name) is { } number => history.Find(number),
            // A path may carry a plus sign as a space.
            _ when Instant.Read(name.Replace(' ', '+')) is { } instant => history.At(instant),
            _ => history.Tags.Find(name)?.To is { } tagged ? history.Find(tagged) : null,
        };
        return commit is null ? NotFound(name) : commit;
    }

    private static int? ReadNumber(string name) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static ApiError NotFound(string name) => new(
        ErrorCode.ReleaseNotFound,
        $"There is no release {name}. A release is named by its number, a tag, latest, daily, or an instant such as 2026-01-31T00:00:00Z at which there was one.");
}
