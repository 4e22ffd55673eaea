using ConflictData.Api;
using ConflictData.Query;
using ConflictData.Releases;
using Microsoft.Extensions.Logging;

namespace ConflictData.Housekeeping;

/// <summary>Makes a checkpoint when enough has come since the newest one that can be loaded, and takes old ones away.</summary>
public sealed class Checkpoints(
    ReleaseFollower follower,
    CheckpointStore store,
    CheckpointReader reader,
    CheckpointWriter writer,
    CheckpointRetention retention,
    Settings settings,
    ILogger<Checkpoints> log) : IHousekeepingPart
{
    public async Task Run(CancellationToken cancellation)
    {
        if (!(await follower.Current(cancellation)).Succeeded(out var history, out _))
        {
            return;
        }

        if (IsDue(history, await Newest(cancellation)))
        {
            await Write(history, cancellation);
        }

        await retention.Run(Redacted(history), cancellation);
    }

    private async Task Write(ReleaseHistory history, CancellationToken cancellation)
    {
        if (!(await writer.Write(history, cancellation)).Succeeded(out var isOurs, out var error))
        {
            log.CheckpointPutOff(history.Commits.Count, error.Detail);
        }
        else if (isOurs)
        {
            log.CheckpointWritten(history.Commits.Count);
        }
    }

    private async Task<int> Newest(CancellationToken cancellation) => await store.Newest(cancellation)
        .Select(entry => entry.Release)
        .FirstOrDefaultAsync(release => !reader.HasRefused(release), cancellation);

    /// <summary>The last redaction; 0 = none. What was made before has texts that are to be nowhere.</summary>
    private static int Redacted(ReleaseHistory history) => history.Redactions.All is [.., var last] ? last.Release : 0;

    /// <summary>One of the very head that could not be used has the name of the one to be made; it is due with the next release.</summary>
    private bool IsDue(ReleaseHistory history, int newest)
    {
        if (reader.HasRefused(history.Commits.Count))
        {
            return false;
        }

        var since = history.Commits.Skip(newest).ToList();
        return (newest > 0 && newest < Redacted(history))
            || since.Count >= settings.CheckpointReleases
            || since.Sum(commit => commit.Datasets.Sum(extent => (long)extent.Rows)) >= settings.CheckpointRevisions;
    }
}
