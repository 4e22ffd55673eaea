using ConflictData.Access;
using ConflictData.Api;
using ConflictData.Releases;
using Microsoft.Extensions.Logging;

namespace ConflictData.Submissions;

/// <summary>Submits a file of the inbox, and says how far it is.</summary>
internal sealed class InboxLoad(InboxFiles files, SubmissionService submissions, SubmissionLog log, Settings settings, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(15);

    /// <summary>Where no setting says how many, as many rows as half of the memory holds. The other half is the engine's, and what else runs.</summary>
    public static PayloadLimits LimitsOf(int rows, long memory) =>
        PayloadLimits.File(rows > 0 ? rows : (int)Math.Clamp(memory / 2 / RowRoom.BytesOfRow, 1, RevisionEntity.MostRows));

    public async Task<Result<SubmissionAnswer>> Run(InboxFile file, CancellationToken cancellation)
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
}
