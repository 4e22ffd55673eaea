using Azure;
using ConflictData.Api;
using ConflictData.Releases;
using ConflictData.RowFiles;
using Microsoft.Extensions.Logging;

namespace ConflictData.Submissions;

/// <summary>
/// The work on a promised submission. An error is no answer to it: it is left for another try. Tries that failed by themselves are
/// counted, and those that ended their instance, which the submission may have done; after the last one it ends with the reason. What
/// stands in the way of every submission, such as storage or the local disk, costs none.
/// </summary>
internal sealed class PromisedWork(IReleaseStore store, SubmissionLog log, SubmissionCommitter committer, RowRoom rows, TimeProvider clock, ILogger logger)
{
    private const string Died = "The instance that worked on it ended before it was done.";

    private static readonly ErrorCode[] OfTheApp = [ErrorCode.StorageUnavailable, ErrorCode.NotReady, ErrorCode.Busy, ErrorCode.InProgress];

    /// <param name="alive">Says that the attempt is at work.</param>
    /// <param name="stopping">The host is about to end.</param>
    public async Task Run(Heartbeat alive, CancellationToken stopping)
    {
        if (await log.BeginTry(alive.Attempt, stopping) is not var (tries, lastFailure))
        {
            return;
        }

        if (tries > SubmissionLimits.PromiseTries && await End(alive.Attempt, tries - 1, lastFailure ?? Died))
        {
            return;
        }

        switch (await Try(alive, stopping))
        {
            case { IsItsOwn: false }:
                await TakeBack(alive.Attempt, stopping);
                break;
            case { } trouble when await log.NoteFailure(alive.Attempt, trouble.Reason, CancellationToken.None) && tries >= SubmissionLimits.PromiseTries:
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
            return new Trouble(error.Detail, !OfTheApp.Contains(error.Code));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return new Trouble("", IsItsOwn: false);
        }
        catch (Exception problem)
        {
            logger.SubmissionInterrupted(problem, id);
            return new Trouble($"Something broke here ({problem.GetType().Name}); the log has it under the id of the submission.", problem is not LocalDiskException && !IsOfStorage(problem));
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
            catch (Exception problem) when (IsOfStorage(problem))
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

        if (await log.RejectPromised(attempt, SubmissionReport.Failed(attempt.SubmissionId, tries, why), CancellationToken.None))
        {
            logger.SubmissionFailed(attempt.SubmissionId, tries, why);
        }

        return true;
    }

    /// <summary>Storage may also let nobody in for a while; only what it says of the contents of a request is the submission's.</summary>
    private static bool IsOfStorage(Exception problem) => Failures.IsStorage(problem) || problem is RequestFailedException { Status: not (400 or 413) };

    private sealed record Staged(string PayloadHash, SubmissionStaging Staging);

    /// <param name="Reason">Why a try failed.</param>
    /// <param name="IsItsOwn">False for what stood in its way and would stand in that of any other.</param>
    private sealed record Trouble(string Reason, bool IsItsOwn);
}
