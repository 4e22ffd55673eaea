using ConflictData.Api;
using ConflictData.Query;
using Microsoft.Extensions.Logging;

namespace ConflictData.Housekeeping;

/// <summary>Tells in each round how old the newest release is: alerts look for that line, both for what it says and for its absence.</summary>
public sealed class ReleaseAge(ReleaseFollower follower, TimeProvider clock, ILogger<ReleaseAge> log) : IHousekeepingPart
{
    public async Task Run(CancellationToken cancellation)
    {
        if (!(await follower.Current(cancellation)).Succeeded(out var history, out _))
        {
            return;
        }

        if (history.Head is { } head)
        {
            log.NewestRelease(head.Release, (long)(clock.GetUtcNow() - head.CommittedAt).TotalHours);
        }
        else
        {
            log.NoRelease();
        }
    }
}
