using ConflictData.Api;
using ConflictData.Query;
using ConflictData.Releases;
using ConflictData.Submissions;
using Microsoft.Extensions.Logging;

namespace ConflictData.Housekeeping;

/// <summary>
/// Removes what was redacted from all of storage: published files, checkpoints, payloads and reports, and last of all the revisions themselves, since it
/// is from these that the copies are known. Whoever was writing files meanwhile, and knew nothing of it, may put some back: so they are looked
/// through once more when nobody can be at that any longer. Only then the log says that nothing is left.
/// </summary>
public sealed class RedactedTexts(
    ReleaseFollower follower, RedactionStore store, RedactedCopies copies, OldSnapshots snapshots, Checkpoints checkpoints, TimeProvider clock, ILogger<RedactedTexts> log) : IHousekeepingPart
{
    /// <summary>No call and no timer that writes files goes on for so long; host.json ends them.</summary>
    public static readonly TimeSpan Settled = TimeSpan.FromHours(1);

    /// <summary>Well within what a host gives a function: whoever overstays is ended with all other calls of its instance.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    private readonly SemaphoreSlim one = new(1);

    public async Task Run(CancellationToken cancellation)
    {
        await one.WaitAsync(cancellation);
        using var patience = new CancellationTokenSource(Patience, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            await Remove(stop.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            // The rest is for the next round, which goes on from here.
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

        var stages = await store.Stages(cancellation);
        var waiting = history.Redactions.All.Where(commit => stages.GetValueOrDefault(commit.Release) is not { RemovedAt: not null }).ToList();
        if (waiting.Count == 0)
        {
            return;
        }

        var began = clock.GetUtcNow();
        await snapshots.Run(cancellation);
        await checkpoints.Run(cancellation);
        await RemoveCopies([.. waiting.Where(commit => !stages.ContainsKey(commit.Release))], history, cancellation);
        foreach (var commit in waiting.Where(commit => stages.TryGetValue(commit.Release, out var stage) && began - stage.CopiesRemovedAt >= Settled))
        {
            await store.MarkRemoved(commit.Release, cancellation);
            log.RedactionRemoved(commit.Release);
        }
    }

    /// <summary>All of them in one go, since each payload is read to its end.</summary>
    private async Task RemoveCopies(IReadOnlyList<Commit> commits, ReleaseHistory history, CancellationToken cancellation)
    {
        if (commits.Count == 0)
        {
            return;
        }

        var redacted = new List<RedactedText>();
        foreach (var commit in commits)
        {
            redacted.Add(new(commit, await store.Texts(commit.Redaction!, history.Commits, cancellation)));
        }

        // One that comes later has all looked through from the start.
        var last = commits[^1].Release;
        var passed = await store.Passed(last, cancellation);
        if (!await copies.Remove([.. redacted.Where(redaction => redaction.Texts.Count > 0)], passed, copy => store.Pass(last, copy, cancellation), cancellation))
        {
            await store.Pass(last, null, cancellation);
            log.RedactionWaits(last);
            return;
        }

        foreach (var commit in commits)
        {
            await store.RemoveTexts(commit.Redaction!, history.Commits, cancellation);
            await store.MarkCopiesRemoved(commit.Release, cancellation);
            log.RedactedCopiesRemoved(commit.Release);
        }
    }
}
