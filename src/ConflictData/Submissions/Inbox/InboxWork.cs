using System.Collections.Concurrent;
using System.Globalization;
using Azure;
using ConflictData.Api;
using ConflictData.Releases;
using Microsoft.Extensions.Logging;

namespace ConflictData.Submissions;

/// <summary>
/// The work on a file of the inbox. What is no answer leaves the file for another try, as with a promised submission: tries that failed by
/// themselves are counted, and those that ended their instance; after the last one the reason is its answer. What stands in the way of every
/// file, such as storage or the local disk, costs none.
/// </summary>
internal sealed class InboxWork(InboxLoad load, SubmissionLog log, IReleaseStore store, ILogger logger)
{
    /// <summary>Keys of files of which a try is to be taken back when storage answers again.</summary>
    private readonly ConcurrentDictionary<string, bool> owed = new();

    /// <summary>Takes back what could not be taken back when it was due.</summary>
    public async Task TakeBackOwed()
    {
        foreach (var key in owed.Keys.Where(key => owed.TryRemove(key, out _)))
        {
            await TakeBack(key);
        }
    }

    /// <summary>One try. Null where it comes to nothing, or none is due; an error only where it is the file's.</summary>
    public async Task<Result<SubmissionAnswer>?> Run(InboxFile file, CancellationToken cancellation)
    {
        if (await log.BeginFileTry(file.IdempotencyKey, cancellation) is not { } begun)
        {
            return null;
        }

        var (outcome, trouble) = await Try(file, begun, cancellation);
        if (trouble is { IsItsOwn: false })
        {
            await TakeBack(file.IdempotencyKey);
        }
        else if (trouble is not null)
        {
            await log.NoteFileFailure(file.IdempotencyKey, trouble.Reason, CancellationToken.None);
            return begun.Number < SubmissionLimits.Tries ? null : await GiveUp(file, begun.Number, begun.BeganAt, trouble.Reason);
        }

        return outcome;
    }

    /// <summary>What it came to, or what went wrong.</summary>
    private async Task<(Result<SubmissionAnswer>? Outcome, Trouble? Trouble)> Try(InboxFile file, FileTry begun, CancellationToken cancellation)
    {
        try
        {
            var outcome = await GivenUp(file, begun) ?? await load.Run(file, cancellation);
            if (outcome.Error is not { } error || IsOfTheFile(error))
            {
                return (outcome, null);
            }

            logger.InboxFilePutOff(file.Name, error.Code.Name, error.Detail);
            return (null, Trouble.Of(error));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return (null, Trouble.Stopping);
        }
        catch (RequestFailedException changed) when (changed.Status is 404 or 412)
        {
            logger.InboxFileChanged(file.Name);
            return (null, Trouble.Of(changed, "the name of the file"));
        }
        catch (Exception problem)
        {
            logger.InboxFileFailed(problem, file.Name);
            return (null, Trouble.Of(problem, "the name of the file"));
        }
    }

    /// <summary>The answer where the tries were used up before this one; null where there is a try left, or another answer.</summary>
    private async Task<Result<SubmissionAnswer>?> GivenUp(InboxFile file, FileTry begun) =>
        begun is { Number: > SubmissionLimits.Tries, BeganBefore: { } last } ? await GiveUp(file, begun.Number - 1, last, begun.LastFailure ?? Trouble.Died) : null;

    /// <summary>
    /// Gives the file the reason for its answer, once nobody can commit it any more, such as a worker before who is only slow. Null where it is
    /// committed already, or somebody is at it: then loading it again tells what is so.
    /// </summary>
    private async Task<Result<SubmissionAnswer>?> GiveUp(InboxFile file, int tries, DateTimeOffset last, string why)
    {
        if (await log.HoldFile(file.IdempotencyKey, CancellationToken.None) is not { } attempt || !await store.TryAbandon(attempt.SubmissionId, CancellationToken.None))
        {
            return null;
        }

        logger.InboxFileGivenUp(file.Name, tries, why);
        return await log.Fail(attempt, SubmissionReport.Failed(attempt.SubmissionId, Told(tries, last, why)), CancellationToken.None);
    }

    private static string Told(int tries, DateTimeOffset last, string why) => string.Create(CultureInfo.InvariantCulture,
        $"The file was given up after {tries} tries, the last of which began at {last.UtcDateTime:yyyy-MM-dd HH:mm} UTC, and nothing of it was stored but its payload. Why that one failed: {why} Drop the file again once the reason is gone.");

    /// <summary>Where storage does not answer, it is done before the next round.</summary>
    private async Task TakeBack(string key)
    {
        try
        {
            await log.TakeBackFileTry(key, CancellationToken.None);
        }
        catch (Exception problem) when (Trouble.IsOfStorage(problem))
        {
            owed[key] = true;
        }
    }

    /// <summary>True where trying again would come to the same; other errors are of the moment.</summary>
    private static bool IsOfTheFile(ApiError error) => error.Code.Status is >= 400 and < 500 and not (408 or 409 or 429);
}
