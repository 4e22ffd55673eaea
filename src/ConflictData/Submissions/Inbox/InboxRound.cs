using Azure;
using ConflictData.Api;
using ConflictData.Releases;
using ConflictData.Telemetry;
using Microsoft.Extensions.Logging;

namespace ConflictData.Submissions;

/// <summary>
/// Loads the files of the inbox one after the other, each as one submission. A file leaves the inbox only once its submission has an
/// answer, and the answer is found again under its name and version: so no file is lost where an instance ends, none is loaded twice where
/// two are at it. One that cannot be loaded has an answer too, after its last try. Safe to run twice at once.
/// </summary>
public sealed class InboxRound(
    InboxFiles files, SubmissionService submissions, SubmissionLog log, IReleaseStore store, Settings settings, TimeProvider clock, ILogger<InboxRound> logger)
{
    private readonly InboxWork work = new(new InboxLoad(files, submissions, log, settings, clock, logger), log, store, logger);

    /// <summary>One that fails is logged and keeps no other from its turn. When cancelled, the rest is for the next round.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        await work.TakeBackOwed();
        await foreach (var file in files.Waiting(cancellation))
        {
            try
            {
                await Take(file, cancellation);
            }
            catch (RequestFailedException changed) when (changed.Status is 404 or 412)
            {
                logger.InboxFileChanged(file.Name);
            }
            catch (Exception problem) when (!cancellation.IsCancellationRequested)
            {
                logger.InboxFileFailed(problem, file.Name);
            }
        }
    }

    private async Task Take(InboxFile file, CancellationToken cancellation)
    {
        var known = await log.Under(InboxFile.Owner, file.IdempotencyKey, cancellation);
        if (known is { IsOpen: true } && !log.IsSilent(known))
        {
            return;
        }

        if ((known?.Answer is { } answer ? answer : await work.Run(file, cancellation)) is { } outcome)
        {
            await Move(file, outcome, cancellation);
        }
    }

    private async Task Move(InboxFile file, Result<SubmissionAnswer> outcome, CancellationToken cancellation)
    {
        if (outcome.Succeeded(out var found, out var error))
        {
            var isLoaded = found.Status < 400;
            await files.Move(file, isLoaded, found.Body, cancellation);
            Tell(isLoaded);
            logger.InboxFileDone(file.Name, isLoaded ? "archive" : "rejected", file.Place);
        }
        else
        {
            await files.Move(file, isLoaded: false, error.Problem(), cancellation);
            Tell(isLoaded: false);
            logger.InboxFileRefused(file.Name, file.Place, error.Detail);
        }
    }

    private static void Tell(bool isLoaded) => Instruments.InboxFiles.Add(1, new KeyValuePair<string, object?>("container", isLoaded ? "archive" : "rejected"));
}
