using ConflictData.Api;
using ConflictData.Query;
using ConflictData.Releases;

namespace ConflictData.Submissions;

/// <summary>
/// Takes submissions: read, check, compare with the newest release, commit. A submission becomes one release or leaves nothing
/// behind. Throws only when storage cannot be reached; a retry with the same key then finds out what became of it.
/// </summary>
public sealed class SubmissionService(IReleaseStore store, SubmissionLog log, Engine engine, ReleaseFollower follower, TimeProvider clock)
{
    private readonly SubmissionCommitter committer = new(store, log, engine, follower, clock);

    /// <summary>Takes one submission.</summary>
    /// <param name="request">What came in. Its body is read to the end, and not disposed.</param>
    /// <param name="cancellation">Stops the reading of the body. From then on the work is done whether or not the caller waits for it.</param>
    /// <returns>
    /// Status and body: 201 with the report of a release, 200 where nothing changed or for a dry run, 422 or 409
    /// (<see cref="ErrorCode.StillReferenced"/>) with a report that is at once a problem. Or an error: <see cref="ErrorCode.BadRequest"/>,
    /// <see cref="ErrorCode.NotSupported"/>, <see cref="ErrorCode.TooLarge"/>, <see cref="ErrorCode.UnsupportedMediaType"/>,
    /// <see cref="ErrorCode.IdempotencyMismatch"/>, <see cref="ErrorCode.InProgress"/>, <see cref="ErrorCode.ReleaseNotFound"/> (base),
    /// <see cref="ErrorCode.Conflict"/>, <see cref="ErrorCode.Busy"/>, <see cref="ErrorCode.TimedOut"/> or <see cref="ErrorCode.NotReady"/>.
    /// </returns>
    public async Task<Result<SubmissionAnswer>> Submit(SubmissionRequest request, CancellationToken cancellation)
    {
        if (request.Problem() is { } problem)
        {
            return problem;
        }

        if (!(await ReceivedPayload.Receive(request, cancellation)).Succeeded(out var payload, out var error))
        {
            return error;
        }

        return request.DryRun ? await DryRun(request, payload) : await Reserved(request, payload);
    }

    /// <summary>Leaves nothing behind: no reservation, no payload, no report.</summary>
    private async Task<Result<SubmissionAnswer>> DryRun(SubmissionRequest request, ReceivedPayload payload)
    {
        var id = Guid.NewGuid().ToString("N");
        var staging = SubmissionStaging.Of(payload.Files);
        var built = await committer.Build(request, staging);
        return !built.Succeeded(out var changes, out var error) ? error
            : changes.Errors.Count > 0 ? SubmissionReport.Rejected(id, changes.Errors)
            : SubmissionReport.Accepted(id, "checked", null, changes).Answer(200);
    }

    private async Task<Result<SubmissionAnswer>> Reserved(SubmissionRequest request, ReceivedPayload payload)
    {
        var hash = request.Hash(payload.ContentHash());
        var life = request.IdempotencyKey is null ? SubmissionLog.DerivedKeyLife : (TimeSpan?)null;
        return await log.Reserve(request.Owner, request.IdempotencyKey ?? hash, hash, life, CancellationToken.None) switch
        {
            Reservation.Granted granted => await Work(request, payload, granted.Attempt),
            Reservation.Finished finished => await Again(finished.SubmissionId),
            Reservation.InProgress working => SubmissionCommitter.InProgress(working.SubmissionId, working.RetryAfter),
            Reservation.OtherPayload => new ApiError(ErrorCode.IdempotencyMismatch,
                "This Idempotency-Key was used for another payload or other options. Use a new key for a new submission.") { Target = "Idempotency-Key" },
            var other => throw new InvalidOperationException($"A reservation ended as {other.GetType().Name}."),
        };
    }

    private async Task<Result<SubmissionAnswer>> Again(string submissionId) =>
        await log.Find(submissionId, CancellationToken.None) is { Answer: { } answer }
            ? answer
            : SubmissionCommitter.InProgress(submissionId, TimeSpan.FromSeconds(1));

    private async Task<Result<SubmissionAnswer>> Work(SubmissionRequest request, ReceivedPayload payload, Attempt attempt)
    {
        await using var alive = new Heartbeat(log, attempt, clock);
        using var bytes = new MemoryStream(payload.Bytes, writable: false);
        var saving = log.SavePayload(attempt.SubmissionId, bytes, request.ContentType!, payload.Hash, CancellationToken.None);
        var staging = SubmissionStaging.Of(payload.Files);
        await saving;
        return await committer.Commit(request, payload.Hash, staging, alive);
    }
}
