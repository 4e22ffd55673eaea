using ConflictData.Api;
using ConflictData.Releases;
using ConflictData.Submissions;
using Microsoft.Extensions.Logging;

namespace ConflictData.Housekeeping;

/// <summary>
/// Removes revisions that no commit names: of submissions that began to write long ago (<see cref="Settings.GiveUpHours"/>) and never ended, and of attempts that lost.
/// A submission is given up in the log of commits before anything of it is removed, so that a writer who was only slow cannot
/// commit what is gone.
/// </summary>
public sealed class Orphans(UnfinishedSubmissions submissions, IReleaseStore store, Settings settings, TimeProvider clock, ILogger<Orphans> log) : IHousekeepingPart
{
    public async Task Run(CancellationToken cancellation)
    {
        var before = clock.GetUtcNow() - TimeSpan.FromHours(settings.GiveUpHours);
        await foreach (var attempt in submissions.AttemptsToAbandon(before, cancellation))
        {
            await RemoveWhatDoesNotCount(attempt.SubmissionId, cancellation);
            await submissions.Settled(attempt.SubmissionId, before, cancellation);
        }
    }

    private async Task RemoveWhatDoesNotCount(string submissionId, CancellationToken cancellation)
    {
        if (await store.TryAbandon(submissionId, cancellation))
        {
            if (await submissions.Abandon(submissionId, cancellation))
            {
                log.SubmissionAbandoned(submissionId);
            }

            await store.RemoveRevisions(submissionId, keptAttempt: null, cancellation);
        }
        else if (await store.Find(submissionId, cancellation) is { Commit: { } commit })
        {
            await store.RemoveRevisions(submissionId, commit.Attempt, cancellation);
        }
    }
}
