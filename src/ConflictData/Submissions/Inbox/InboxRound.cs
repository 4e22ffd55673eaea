using Azure;
using ConflictData.Access;
using ConflictData.Api;
using ConflictData.Releases;
using ConflictData.Telemetry;
using Microsoft.Extensions.Logging;

namespace ConflictData.Submissions;

/// <summary>
/// Loads the files of the inbox one after the other, each as one submission. A file leaves the inbox only once its submission has an
/// answer, and the answer is found again under its name and version: so no file is lost where an instance ends, none is loaded twice where
/// two are at it. Safe to run twice at once.
/// </summary>
public sealed class InboxRound(
    InboxFiles files, SubmissionService submissions, SubmissionLog log, Settings settings, TimeProvider clock, ILogger<InboxRound> logger)
{
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(15);

    /// <summary>One that fails is logged and keeps no other from its turn. When cancelled, the rest is for the next round.</summary>
    public async Task Run(CancellationToken cancellation)
    {
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

    /// <summary>Where no setting says how many, as many rows as half of the memory holds. The other half is the engine's, and what else runs.</summary>
    internal static PayloadLimits LimitsOf(int rows, long memory) =>
        PayloadLimits.File(rows > 0 ? rows : (int)Math.Clamp(memory / 2 / RowRoom.BytesOfRow, 1, RevisionEntity.MostRows));

    private async Task Take(InboxFile file, CancellationToken cancellation)
    {
        var known = await log.Under(InboxFile.Owner, file.IdempotencyKey, cancellation);
        if (known is { IsOpen: true } && !log.IsSilent(known))
        {
            return;
        }

        var outcome = known is { Answer: { } answer } ? answer : await Load(file, cancellation);
        if (outcome.Succeeded(out var found, out var error))
        {
            var isLoaded = found.Status < 400;
            await files.Move(file, isLoaded, found.Body, cancellation);
            Tell(isLoaded);
            logger.InboxFileDone(file.Name, isLoaded ? "archive" : "rejected", file.Place);
        }
        else if (IsOfTheFile(error))
        {
            await files.Move(file, isLoaded: false, error.Problem(), cancellation);
            Tell(isLoaded: false);
            logger.InboxFileRefused(file.Name, file.Place, error.Detail);
        }
        else
        {
            logger.InboxFilePutOff(file.Name, error.Code.Name, error.Detail);
        }
    }

    private static void Tell(bool isLoaded) => Instruments.InboxFiles.Add(1, new KeyValuePair<string, object?>("container", isLoaded ? "archive" : "rejected"));

    private async Task<Result<SubmissionAnswer>> Load(InboxFile file, CancellationToken cancellation)
    {
        if (!InboxName.Read(file.Name).Succeeded(out var name, out var error))
        {
            return error;
        }

        var request = Request(file, name);
        if (request.Problem() is { } problem)
        {
            return problem;
        }

        logger.InboxFileBegun(file.Name, file.Length);
        await using var body = await files.Open(file, cancellation);
        return file.Length == 0
            ? new ApiError(ErrorCode.BadRequest, "The file is empty. Drop it again with its rows.")
            : await Watched(file, submissions.Submit(request with { Body = body }, cancellation));
    }

    private SubmissionRequest Request(InboxFile file, InboxName name) => new()
    {
        Owner = InboxFile.Owner,
        Scopes = settings.InboxCurates ? Scopes.Curate : Scopes.Contribute,
        Dataset = name.Dataset,
        ContentType = name.ContentType,
        ContentEncoding = name.ContentEncoding,
        ContentLength = file.Length,
        Limits = LimitsOf(settings.InboxRows, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes),
        IdempotencyKey = file.IdempotencyKey,
        Body = Stream.Null,
    };

    /// <summary>Says from time to time how far a long one is.</summary>
    private async Task<Result<SubmissionAnswer>> Watched(InboxFile file, Task<Result<SubmissionAnswer>> work)
    {
        using var timer = new PeriodicTimer(ProgressEvery, clock);
        while (await Task.WhenAny(work, timer.WaitForNextTickAsync(CancellationToken.None).AsTask()) != work)
        {
            await TellProgress(file);
        }

        return await work;
    }

    private async Task TellProgress(InboxFile file)
    {
        try
        {
            if (await log.Under(InboxFile.Owner, file.IdempotencyKey, CancellationToken.None) is { IsOpen: true } status)
            {
                logger.InboxFileProgress(file.Name, status.Attempt.SubmissionId, status.Rows.Read, status.Rows.Checked, status.Rows.Written);
            }
        }
        catch (Exception problem) when (Failures.IsStorage(problem))
        {
            // The work itself notices that storage is gone.
        }
    }

    /// <summary>True where trying again would come to the same; other errors are of the moment.</summary>
    private static bool IsOfTheFile(ApiError error) => error.Code.Status is >= 400 and < 500 and not (408 or 409 or 429);
}
