using System.Diagnostics;
using ConflictData.Api;
using ConflictData.Query;
using ConflictData.Releases;
using ConflictData.Telemetry;

namespace ConflictData.Submissions;

/// <summary>Brings checked rows into a release: builds on the newest one, and again on the next where another submission was faster.</summary>
internal sealed class SubmissionCommitter(IReleaseStore store, SubmissionLog log, Engine engine, ReleaseFollower follower, TimeProvider clock)
{
    /// <summary>Races that a submission may lose before it waits for a turn.</summary>
    private const int LossesBeforeTurn = 5;

    public static ApiError InProgress(string submissionId, TimeSpan retryAfter) =>
        new(ErrorCode.InProgress, $"The same submission is being worked on as {submissionId}.") { RetryAfter = Math.Max(1, (int)Math.Ceiling(retryAfter.TotalSeconds)) };

    /// <summary>The number of the newest release, once this instance has it; an error where the request cannot be built on it.</summary>
    public async Task<Result<int>> Newest(SubmissionRequest request)
    {
        var head = await store.Head(CancellationToken.None);
        var synced = head is null ? await follower.Current(CancellationToken.None) : await follower.AtLeast(head.Release, CancellationToken.None);
        if (!synced.Succeeded(out var history, out var error))
        {
            return error;
        }

        return request.Base > history.Commits.Count
            ? new ApiError(ErrorCode.ReleaseNotFound, $"There is no release {request.Base} to be the base; the newest is {history.Commits.Count}.") { Target = "base" }
            : history.Commits.Count;
    }

    /// <summary>What the rows come to at the newest release, with an error where the engine has no room for that; the caller disposes it.</summary>
    public async Task<Result<ChangeSet>> Build(SubmissionRequest request, SubmissionStaging staging) =>
        (await Newest(request)).Succeeded(out var release, out var error) && (await BuildOn(release, request, staging)).Succeeded(out var changes, out error) ? WithRoom(changes) : error;

    private ChangeSet WithRoom(ChangeSet changes)
    {
        if (changes.Errors.Count == 0 && changes.Revisions is ChangedRevisions { Count: > 0 } revisions
            && engine.Room.Refusal(EngineRoom.Needed(revisions.Count, revisions.Bytes)) is { } refusal)
        {
            changes.Errors.Add(new RowProblem(revisions[0].Dataset.Name, 0, 0, null, RowErrorCodes.EngineFull, refusal, null));
        }

        return changes;
    }

    /// <summary>Commits the rows of the attempt that is at work, or reports why not.</summary>
    public async Task<Result<SubmissionAnswer>> Commit(SubmissionRequest request, string payloadHash, SubmissionStaging staging, Heartbeat alive)
    {
        var attempt = alive.Attempt;
        if (attempt.Number > 1 && await log.Answered(attempt.SubmissionId, CancellationToken.None) is { } answered)
        {
            return await Again(answered, attempt);
        }

        if (attempt.Number > 1 && await store.Find(attempt.SubmissionId, CancellationToken.None) is { } before)
        {
            return before.Outcome == CommitOutcome.Abandoned ? await GivenUp(request, staging, alive) : await Settled(before, request, staging, attempt);
        }

        IReadOnlyList<DatasetExtent>? written = null;
        for (var lost = 0; ; lost++)
        {
            await using var turn = lost >= LossesBeforeTurn ? await store.TakeTurn(CancellationToken.None) : null;
            if (!(await Build(request, staging)).Succeeded(out var changes, out var error))
            {
                return await Undecided(error, alive);
            }

            using var held = changes;
            if (changes.Errors.Count > 0 || changes.Revisions.Count == 0)
            {
                return await CommittedElsewhere(changes, alive) is { } elsewhere
                    ? await Settled(elsewhere, request, staging, attempt)
                    : await WithoutRelease(changes, alive);
            }

            var extents = Extents.Of(changes.Revisions, dataset => engine.History.LastSequence(dataset, changes.Release));
            if (written is null || !SameRows(written, extents))
            {
                if (await Write(changes, alive, again: written is not null) is not { } writing)
                {
                    return InProgress(attempt.SubmissionId, log.Silence);
                }

                (attempt, written) = (writing, extents);
            }

            var result = await TryCommit(ToCommit(request, payloadHash, changes, extents, attempt));
            if (result.Outcome == CommitOutcome.Abandoned)
            {
                await log.LeftBehind(attempt, CancellationToken.None);
            }

            if (result.Outcome != CommitOutcome.LostRace)
            {
                return result.Commit?.Attempt == attempt.Number
                    ? await Committed(result.Commit, changes, attempt)
                    : await Settled(result, request, staging, attempt);
            }
        }
    }

    private async Task<CommitResult> TryCommit(Commit commit)
    {
        var began = Stopwatch.GetTimestamp();
        var result = await store.TryCommit(commit, CancellationToken.None);
        Instruments.CommitSeconds.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, new KeyValuePair<string, object?>("outcome", result.Outcome.ToString()));
        return result;
    }

    /// <summary>
    /// Frees the key of a submission that could not be decided on. Not once revisions are written, of which housekeeping must know; and
    /// not where it was taken over, as the worker before may be only slow, and commit it yet.
    /// </summary>
    private async Task<ApiError> Undecided(ApiError error, Heartbeat alive)
    {
        if (!alive.HasBegunWriting && alive.Attempt.Number == 1)
        {
            await log.Forget(alive.Attempt, CancellationToken.None);
        }

        return error;
    }

    private Task<Result<ChangeSet>> BuildOn(int release, SubmissionRequest request, SubmissionStaging staging) => staging.Readable
        ? engine.Session(connection =>
        {
            var ownership = new Ownership(engine.History, release, request);
            var changes = new ChangeBuilder(new HeadReader(connection, release), staging.Submission(request), ownership).Build();
            var all = new ProblemList();
            all.Add(staging.Errors);
            all.Add(changes.Errors);
            return changes with { Errors = all };
        }, CancellationToken.None)
        : Task.FromResult<Result<ChangeSet>>(new ChangeSet(release, [], SubmissionCounts.None, staging.Errors, new WarningList()));

    private static bool SameRows(IReadOnlyList<DatasetExtent> a, IReadOnlyList<DatasetExtent> b) =>
        a.Select(extent => (extent.Dataset, extent.Rows, extent.Hash)).SequenceEqual(b.Select(extent => (extent.Dataset, extent.Rows, extent.Hash)));

    /// <summary>Writes the revisions under an attempt of their own; null where somebody else has taken the submission over.</summary>
    private async Task<Attempt?> Write(ChangeSet changes, Heartbeat alive, bool again)
    {
        var attempt = alive.Attempt;
        alive.HasBegunWriting = true;
        var writing = again ? await log.NextAttempt(attempt, CancellationToken.None)
            : await log.BeginWriting(attempt, CancellationToken.None) ? attempt : null;
        if (writing is { } granted)
        {
            alive.Attempt = granted;
            alive.Progress.NoneWritten();
            await store.WriteRevisions(granted.SubmissionId, granted.Number, changes.Revisions, CancellationToken.None, alive.Progress.Written);
        }

        return writing;
    }

    private Commit ToCommit(SubmissionRequest request, string payloadHash, ChangeSet changes, IReadOnlyList<DatasetExtent> extents, Attempt attempt) => new()
    {
        Release = changes.Release + 1,
        SubmissionId = attempt.SubmissionId,
        Attempt = attempt.Number,
        CommittedAt = CommitClock.After(engine.History.Find(changes.Release)?.CommittedAt, clock),
        Owner = request.Owner,
        Mode = request.Mode ?? "upsert",
        Reason = request.Reason,
        Message = request.Message,
        PayloadHash = payloadHash,
        Datasets = extents,
    };

    private async Task<SubmissionAnswer> Committed(Commit commit, ChangeSet changes, Attempt attempt)
    {
        foreach (var extent in commit.Datasets)
        {
            Instruments.Revisions.Add(extent.Rows, new KeyValuePair<string, object?>("dataset", extent.Dataset));
        }

        await follower.Applied(new CommittedRevisions(commit, changes.Revisions));
        return await Keep(SubmissionReport.Accepted(attempt.SubmissionId, "committed", commit.Release, changes).Answer(201), attempt);
    }

    /// <summary>The release stands, so the answer is 201 even where storage cannot keep it; whoever asks again makes it anew.</summary>
    private async Task<SubmissionAnswer> Keep(SubmissionAnswer answer, Attempt attempt)
    {
        try
        {
            return await log.Complete(attempt, answer, CancellationToken.None);
        }
        catch (Exception error) when (Failures.IsStorage(error))
        {
            return answer;
        }
    }

    /// <summary>
    /// Another worker may have committed the submission meanwhile, the one before or one that took over: then its own rows are what stands
    /// in the way or makes it unchanged. Before a refusal it is made sure that nobody can commit it any more; that of the first worker is
    /// void where another has taken over, and so needs no such care while a caller waits for it.
    /// </summary>
    private async Task<CommitResult?> CommittedElsewhere(ChangeSet changes, Heartbeat alive)
    {
        var attempt = alive.Attempt;
        if (changes.Errors.Count > 0
            && ((attempt.Number == 1 && !alive.IsPromised) || await store.TryAbandon(attempt.SubmissionId, CancellationToken.None)))
        {
            return null;
        }

        return await store.Find(attempt.SubmissionId, CancellationToken.None);
    }

    private async Task<Result<SubmissionAnswer>> WithoutRelease(ChangeSet changes, Heartbeat alive)
    {
        var attempt = alive.Attempt;
        if (changes.Errors.Count > 0)
        {
            var rejected = SubmissionReport.Rejected(attempt.SubmissionId, changes.Errors);
            var isOurs = alive.IsPromised
                ? await log.RejectPromised(attempt, rejected, CancellationToken.None)
                : await log.Reject(attempt, rejected, CancellationToken.None);
            return isOurs ? rejected : InProgress(attempt.SubmissionId, log.Silence);
        }

        return await log.Complete(attempt, SubmissionReport.Accepted(attempt.SubmissionId, "unchanged", null, changes).Answer(200), CancellationToken.None);
    }

    /// <summary>An earlier worker kept its answer and fell silent before it could say that the submission is over.</summary>
    public async Task<Result<SubmissionAnswer>> Again(SubmissionAnswer answer, Attempt attempt) =>
        answer.Status < 400 ? await log.Complete(attempt, answer, CancellationToken.None) with { FirstSentAt = (await log.Find(attempt.SubmissionId, CancellationToken.None))?.StartedAt }
        : await log.EndRefused(attempt, CancellationToken.None) ? answer
        : InProgress(attempt.SubmissionId, log.Silence);

    /// <summary>
    /// It can be committed no more: a worker before made sure of that, was about to refuse it and fell silent. So it is refused now; where
    /// nothing is wrong with it any more, another submission has to take its place.
    /// </summary>
    private async Task<Result<SubmissionAnswer>> GivenUp(SubmissionRequest request, SubmissionStaging staging, Heartbeat alive)
    {
        var attempt = alive.Attempt;
        if (!(await Build(request, staging)).Succeeded(out var changes, out var error))
        {
            return error;
        }

        using var held = changes;
        if (changes.Errors.Count > 0 || changes.Revisions.Count == 0)
        {
            return await WithoutRelease(changes, alive);
        }

        await log.GiveUp(attempt, CancellationToken.None);
        return Abandoned(attempt);
    }

    private static ApiError Abandoned(Attempt attempt) =>
        new(ErrorCode.Conflict, $"The submission {attempt.SubmissionId} was given up by another worker. Send it again; the same Idempotency-Key will do.");

    /// <summary>An earlier worker ended it: answers as that one would have, by comparing again with the release before.</summary>
    private async Task<Result<SubmissionAnswer>> Settled(CommitResult result, SubmissionRequest request, SubmissionStaging staging, Attempt attempt)
    {
        if (result.Commit is not { } commit)
        {
            return Abandoned(attempt);
        }

        if (!(await follower.AtLeast(commit.Release, CancellationToken.None)).Succeeded(out _, out _)
            || !(await BuildOn(commit.Release - 1, request, staging)).Succeeded(out var changes, out _))
        {
            return InProgress(attempt.SubmissionId, TimeSpan.FromSeconds(5));
        }

        using var held = changes;
        return await Keep(SubmissionReport.Accepted(attempt.SubmissionId, "committed", commit.Release, changes).Answer(201), attempt) with { FirstSentAt = commit.CommittedAt };
    }
}
