using System.Diagnostics;
using ConflictData.Api;
using ConflictData.Query;
using ConflictData.Releases;
using ConflictData.RowFiles;
using ConflictData.Telemetry;

namespace ConflictData.Submissions;

/// <summary>
/// Takes submissions: read, check, compare with the newest release, commit. A submission becomes one release or leaves nothing
/// behind. Throws only when storage cannot be reached or the local disk fails (<see cref="LocalDiskException"/>); a retry with the same key
/// then finds out what became of it.
/// </summary>
public sealed class SubmissionService(
    IReleaseStore store, SubmissionLog log, Engine engine, ReleaseFollower follower, LongSubmissions longOnes, RowRoom rows, TimeProvider clock)
{
    private readonly SubmissionCommitter committer = new(store, log, engine, follower, clock);

    /// <summary>Takes one submission.</summary>
    /// <param name="request">What came in. Its body is read to the end, and not disposed.</param>
    /// <param name="cancellation">Stops the reading of the body. From then on the work is done whether or not the caller waits for it.</param>
    /// <returns>
    /// Status and body: 201 with the report of a release, 202 where it will be finished afterwards, 200 where nothing changed or for a dry run, 422 or 409
    /// (<see cref="ErrorCode.StillReferenced"/>) with a report that is at once a problem. Or an error: <see cref="ErrorCode.BadRequest"/>,
    /// <see cref="ErrorCode.NotSupported"/>, <see cref="ErrorCode.TooLarge"/>, <see cref="ErrorCode.UnsupportedMediaType"/>,
    /// <see cref="ErrorCode.IdempotencyMismatch"/>, <see cref="ErrorCode.InProgress"/>, <see cref="ErrorCode.ReleaseNotFound"/> (base),
    /// <see cref="ErrorCode.Conflict"/>, <see cref="ErrorCode.Busy"/>, <see cref="ErrorCode.TimedOut"/> or <see cref="ErrorCode.NotReady"/>.
    /// </returns>
    public async Task<Result<SubmissionAnswer>> Submit(SubmissionRequest request, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        using var span = Instruments.Activities.StartActivity("submission");
        var outcome = await Take(request, cancellation);
        var status = outcome.Succeeded(out var answer, out var error) ? answer.Status : error.Code.Status;
        span?.SetTag("http.response.status_code", status);
        Instruments.SubmissionSeconds.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, new KeyValuePair<string, object?>("status", status));
        return outcome;
    }

    private async Task<Result<SubmissionAnswer>> Take(SubmissionRequest request, CancellationToken cancellation)
    {
        if (request.Problem() is { } problem)
        {
            return problem;
        }

        if (!(await ReceivedPayload.Receive(request, cancellation)).Succeeded(out var payload, out var error))
        {
            return error;
        }

        using (payload)
        {
            using var room = rows.Enter();
            return !await HasRoom(room, request, payload, cancellation) ? SubmissionRequest.NoRoom
                : request.DryRun ? await DryRun(request, payload) : await Reserved(request, payload);
        }
    }

    private static async Task<bool> HasRoom(PayloadRoom.Visit room, SubmissionRequest request, ReceivedPayload payload, CancellationToken cancellation) =>
        request.Limits.OnDisk || await room.Take(RowRoom.BytesOf(payload.Files, RowsReadOf(request)), cancellation);

    /// <summary>How many rows are read at most before there is an answer.</summary>
    private static int RowsReadOf(SubmissionRequest request) => request.DryRun ? request.Limits.Rows : request.EarlyAnswer switch
    {
        EarlyAnswer.Always => 0,
        EarlyAnswer.WhenLong => SubmissionLimits.RowsWaitedFor,
        _ => request.Limits.Rows,
    };

    /// <summary>Leaves nothing behind: no reservation, no payload, no report.</summary>
    private async Task<Result<SubmissionAnswer>> DryRun(SubmissionRequest request, ReceivedPayload payload)
    {
        var id = Guid.NewGuid().ToString("N");
        using var staging = SubmissionStaging.Of(payload.Files, request.Limits, new RowProgress());
        if (!(await committer.Build(request, staging)).Succeeded(out var changes, out var error))
        {
            return error;
        }

        using (changes)
        {
            return changes.Errors.Count > 0 ? SubmissionReport.Rejected(id, changes.Errors) : SubmissionReport.Accepted(id, "checked", null, changes).Answer(200);
        }
    }

    private async Task<Result<SubmissionAnswer>> Reserved(SubmissionRequest request, ReceivedPayload payload)
    {
        var hash = request.Hash(payload.ContentHash());
        var life = request.IdempotencyKey is null ? SubmissionLog.DerivedKeyLife : (TimeSpan?)null;
        return await log.Reserve(request.Owner, request.IdempotencyKey ?? hash, hash, life, CancellationToken.None) switch
        {
            Reservation.Granted granted => await Work(request, payload, granted.Attempt),
            Reservation.Finished finished => await Again(finished.SubmissionId),
            Reservation.InProgress working => await Underway(working),
            Reservation.OtherPayload => new ApiError(ErrorCode.IdempotencyMismatch,
                "This Idempotency-Key was used for another payload or other options. Use a new key for a new submission.") { Target = IdempotencyKey.Header },
            var other => throw new InvalidOperationException($"A reservation ended as {other.GetType().Name}."),
        };
    }

    private async Task<Result<SubmissionAnswer>> Again(string submissionId) =>
        await log.Find(submissionId, CancellationToken.None) is { Answer: { } answer } status
            ? answer with { FirstSentAt = status.StartedAt }
            : SubmissionCommitter.InProgress(submissionId, TimeSpan.FromSeconds(1));

    /// <summary>What was promised is promised again, whatever this caller would rather have.</summary>
    private async Task<Result<SubmissionAnswer>> Underway(Reservation.InProgress working) =>
        await log.Find(working.SubmissionId, CancellationToken.None) is { IsPromised: true } status
            ? (status.Answer ?? SubmissionDocument.Of(status).Answer()) with { FirstSentAt = status.StartedAt }
            : SubmissionCommitter.InProgress(working.SubmissionId, working.RetryAfter);

    private async Task<Result<SubmissionAnswer>> Work(SubmissionRequest request, ReceivedPayload payload, Attempt attempt)
    {
        await using var alive = new Heartbeat(log, attempt, isPromised: false, isWatched: request.Limits.OnDisk, clock);
        try
        {
            var (hash, staging) = await SaveAndStage(request, payload, alive);
            using (staging)
            {
                payload.Dispose();
                return staging is null ? await Promise(request, attempt) : await committer.Commit(request, hash, staging, alive);
            }
        }
        catch (LocalDiskException) when (!alive.HasBegunWriting && attempt.Number == 1)
        {
            await log.Forget(attempt, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Both at once; neither is at the payload any more when this ends. The hash is of the payload that stands; no rows as for <see cref="Stage"/>.</summary>
    private async Task<(string Hash, SubmissionStaging? Staging)> SaveAndStage(SubmissionRequest request, ReceivedPayload payload, Heartbeat alive)
    {
        await using var bytes = PayloadSpace.Open(payload.Bytes);
        var saving = log.SavePayload(
            alive.Attempt.SubmissionId, bytes, request.ContentType!, request.ContentEncoding, payload.Hash, payload.Files.Select(file => file.Dataset), CancellationToken.None);
        SubmissionStaging? staging = null;
        try
        {
            staging = Stage(request, payload.Files, alive.Progress);
        }
        finally
        {
            await ((Task)saving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        try
        {
            return (await saving, staging);
        }
        catch
        {
            staging?.Dispose();
            throw;
        }
    }

    /// <summary>Null where the caller would rather have a promise.</summary>
    private static SubmissionStaging? Stage(SubmissionRequest request, IReadOnlyList<PayloadFile> files, RowProgress progress) => request.EarlyAnswer switch
    {
        EarlyAnswer.Always => null,
        EarlyAnswer.WhenLong => SubmissionStaging.Within(SubmissionLimits.RowsWaitedFor, files, request.Limits, progress),
        _ => SubmissionStaging.Of(files, request.Limits, progress),
    };

    /// <summary>The work is done again from what was kept, as any other instance would do it.</summary>
    private async Task<Result<SubmissionAnswer>> Promise(SubmissionRequest request, Attempt attempt)
    {
        if (!(await committer.Newest(request)).Succeeded(out _, out var error))
        {
            await log.Forget(attempt, CancellationToken.None);
            return error;
        }

        if (!await log.Promise(attempt, request, CancellationToken.None))
        {
            return SubmissionCommitter.InProgress(attempt.SubmissionId, log.Silence);
        }

        longOnes.Start(attempt);
        return new SubmissionDocument(attempt.SubmissionId, "received", default).Answer();
    }
}
