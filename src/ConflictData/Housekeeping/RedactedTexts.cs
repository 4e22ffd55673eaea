using ConflictData.Api;
using ConflictData.Query;
using ConflictData.Releases;
using ConflictData.Submissions;
using Microsoft.Extensions.Logging;

namespace ConflictData.Housekeeping;

/// <summary>
/// Removes what was redacted from all of storage: published files, checkpoints, payloads and reports, and last of all the revisions themselves, since it
/// is from these that the copies are known. Until then each round begins anew; after it nothing has the texts, and the log says so.
/// </summary>
public sealed class RedactedTexts(
    ReleaseFollower follower, RedactionStore store, RedactedCopies copies, OldSnapshots snapshots, Checkpoints checkpoints, ILogger<RedactedTexts> log) : IHousekeepingPart
{
    private readonly SemaphoreSlim one = new(1);

    public async Task Run(CancellationToken cancellation)
    {
        await one.WaitAsync(cancellation);
        try
        {
            await Remove(cancellation);
        }
        finally
        {
            one.Release();
        }
    }

    private async Task Remove(CancellationToken cancellation)
    {
        if (!(await follower.Current(cancellation)).Succeeded(out var history, out _) || history.Redactions.All.Count == 0)
        {
            return;
        }

        var removed = await store.Removed(cancellation);
        var waiting = history.Redactions.All.Where(commit => !removed.ContainsKey(commit.Release)).ToList();
        if (waiting.Count == 0)
        {
            return;
        }

        await snapshots.Run(cancellation);
        await checkpoints.Run(cancellation);
        foreach (var commit in waiting)
        {
            if (await Remove(commit, history, cancellation))
            {
                log.RedactionRemoved(commit.Release);
            }
            else
            {
                log.RedactionWaits(commit.Release);
            }
        }
    }

    private async Task<bool> Remove(Commit commit, ReleaseHistory history, CancellationToken cancellation)
    {
        var redaction = commit.Redaction!;
        var texts = await store.Texts(redaction, history.Commits, cancellation);
        if (texts.Count > 0)
        {
            var passed = await store.Passed(commit.Release, cancellation);
            if (!await copies.Remove(commit, texts, passed, copy => store.Pass(commit.Release, copy, cancellation), cancellation))
            {
                await store.Pass(commit.Release, null, cancellation);
                return false;
            }
        }

        await store.RemoveTexts(redaction, history.Commits, cancellation);
        await store.MarkRemoved(commit.Release, cancellation);
        return true;
    }
}
