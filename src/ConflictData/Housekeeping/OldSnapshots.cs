using ConflictData.Query;
using ConflictData.Snapshots;

namespace ConflictData.Housekeeping;

/// <summary>
/// Keeps the published files of the newest releases and of all that a tag names, and takes the others away, as well as what was published before a
/// redaction of it; whoever asks for one of those by its number has it published again.
/// </summary>
public sealed class OldSnapshots(SnapshotStore store, SnapshotService snapshots, ReleaseFollower follower, Settings settings) : IHousekeepingPart
{
    public async Task Run(CancellationToken cancellation)
    {
        if (!(await follower.Current(cancellation)).Succeeded(out var history, out _))
        {
            return;
        }

        if (history.Redactions.All.Count > 0)
        {
            // Where it cannot be published yet the files go all the same, and who reads a table by its log waits for the next round.
            await snapshots.PublishNewest(cancellation);
        }

        var unused = await store.Unused(cancellation).ToListAsync(cancellation);
        var tagged = history.Tags.Releases.ToHashSet();
        var named = new HashSet<string>(StringComparer.Ordinal);
        var others = 0;
        foreach (var release in await store.PublishedBefore(int.MaxValue, cancellation).ToListAsync(cancellation))
        {
            if (!release.IsCurrent(history.Redactions) || (!tagged.Contains(release.Release) && others++ >= settings.KeptSnapshots))
            {
                await store.Forget(release, cancellation);
            }
            else if (unused.Count > 0 && await store.Find(release, cancellation) is { } manifest)
            {
                named.UnionWith(manifest.Files.Select(file => file.Blob));
            }
        }

        if (history.Redactions.All.Count > 0)
        {
            await store.RemoveOvertaken(history.Redactions, cancellation);
        }

        foreach (var (blob, version) in unused.Where(file => !named.Contains(file.Blob)))
        {
            await store.Remove(blob, version, cancellation);
        }
    }
}
