using ConflictData.Api;
using ConflictData.Releases;
using Microsoft.Extensions.Logging;

namespace ConflictData.Submissions;

/// <summary>
/// The work on a promised submission. An error is no answer to it: it is left for another try. Tries that failed by themselves are
/// counted, and those that ended their instance, which the submission may have done; after the last one it ends with the reason. What
/// stands in the way of every submission, such as storage or the local disk, costs none.
/// </summary>
internal sealed class PromisedWork(IReleaseStore store, SubmissionLog log, SubmissionCommitter committer, RowRoom rows, TimeProvider clock, ILogger logger)
{
    /// <param name="alive">Says that the attempt is at work.</param>
    /// <param name="stopping">The host is about to end.</param>
    public async Task Run(Heartbeat alive, CancellationToken stopping)
    {
        if (await log.BeginTry(alive.Attempt, stopping) is not var (tries, lastFailure))
        {
            return;
        }

        if (tries > SubmissionLimits.Tries && await End(alive.Attempt, tries - 1, lastFailure ?? Trouble.Died))
        {
            return;
        }

        switch (await Try(alive, stopping))
        {
            case { IsItsOwn: false }:
                await TakeBack(alive.Attempt, stopping);
                break;
            case { } trouble when await log.NoteFailure(alive.Attempt, trouble.Reason, CancellationToken.None) && tries >= SubmissionLimits.Tries:
                await End(alive.Attempt, tries, trouble.Reason);
                break;
        }
    }

    /// <summary>What went wrong; null where nothing did.</summary>
    private async Task<Trouble?> Try(Heartbeat alive, CancellationToken stopping)
    {
        var id = alive.Attempt.SubmissionId;
        try
        {
            if (await Work(alive, stopping) is not { } error)
            {
                return null;
            }

            logger.SubmissionPutOff(id, error.Code.Name, error.Detail);
            return Trouble.Of(error);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return Trouble.Stopping;
        }
        catch (Exception problem)
        {
            logger.SubmissionInterrupted(problem, id);
            return Trouble.Of(problem, "the id of the submission");
        }
    }

    private async Task<ApiError?> Work(Heartbeat alive, CancellationToken stopping)
    {
        var request = await log.Promised(alive.Attempt.SubmissionId, stopping);
        using var room = rows.Enter();
        if (!(await Stage(request, room, alive, stopping)).Succeeded(out var staged, out var error))
        {
            return error;
        }

        using var staging = staged.Staging;
        return (await committer.Commit(request, staged.PayloadHash, staging, alive)).Error;
    }

    /// <summary>By itself, so that the payload is let go before the long part of the work begins.</summary>
    private static async Task<Result<Staged>> Stage(SubmissionRequest request, PayloadRoom.Visit room, Heartbeat alive, CancellationToken stopping)
    {
        await using var body = request.Body;
        if (!(await ReceivedPayload.Receive(request, stopping)).Succeeded(out var payload, out var error))
        {
            return error;
        }

        using (payload)
        {
            return !await room.Take(RowRoom.BytesOf(payload.Files, request.Limits.Rows), stopping) ? SubmissionRequest.NoRoom
                : new Staged(payload.Hash, SubmissionStaging.Of(payload.Files, request.Limits, alive.Progress));
        }
    }

    /// <summary>Where storage is what went wrong, that is said once it answers; nobody can take the submission over before.</summary>
    private async Task TakeBack(Attempt attempt, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                await log.TakeBackTry(attempt, CancellationToken.None);
                return;
            }
            catch (Exception problem) when (Trouble.IsOfStorage(problem))
            {
                await Task.Delay(log.Silence / 4, clock, stopping);
            }
        }
    }

    /// <summary>
    /// Ends it with the reason, once nobody can commit it any more, such as a worker before who is only slow. False where it is committed
    /// already: then only its report is missing, and is made.
    /// </summary>
    private async Task<bool> End(Attempt attempt, int tries, string why)
    {
        if (await log.Answered(attempt.SubmissionId, CancellationToken.None) is { } answered)
        {
            await committer.Again(answered, attempt);
            return true;
        }

        if (!await store.TryAbandon(attempt.SubmissionId, CancellationToken.None))
        {
            return false;
        }

        if (await log.RejectPromised(attempt, SubmissionReport.Failed(attempt.SubmissionId, Told(tries, why)), CancellationToken.None))
        {
            logger.SubmissionFailed(attempt.SubmissionId, tries, why);
        }

        return true;
    }

    private static string Told(int tries, string why) =>
        $"The submission was given up after {tries} tries, and nothing of it was stored but its payload. Why the last one failed: {why} Send it again; the same Idempotency-Key will do.";

    private sealed record Staged(string PayloadHash, SubmissionStaging Staging);
}
