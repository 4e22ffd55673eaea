using Azure.Data.Tables;
using ConflictData.Datasets;
using ConflictData.Storage;

namespace ConflictData.Submissions;

/// <summary>
/// Who works on which submission, and what was answered: table Submissions and container submissions. Safe for any number of
/// instances at once. Calls throw <see cref="Azure.RequestFailedException"/> when storage cannot be reached.
/// </summary>
public sealed partial class SubmissionLog(StorageAccount account, Settings settings, TimeProvider clock)
{
    /// <summary>How long a key holds that the app derived because the client gave none.</summary>
    public static readonly TimeSpan DerivedKeyLife = TimeSpan.FromHours(24);

    private readonly SubmissionTable table = new(account.Table("Submissions"));
    private readonly SubmissionBlobs blobs = new(account.Container("submissions"));
    private readonly SubmissionKeys keys = new(new SubmissionTable(account.Table("Submissions")), settings, clock);

    /// <summary>A submission whose worker was not heard of for so long may be taken over; call <see cref="Touch"/> well within it.</summary>
    public TimeSpan Silence { get; } = TimeSpan.FromSeconds(settings.TakeOverSeconds);

    /// <summary>Asks for the right to work on the payload that an owner sent under a key.</summary>
    /// <param name="owner">Who sends it.</param>
    /// <param name="idempotencyKey">The client's key, or one derived from payload and options.</param>
    /// <param name="payloadHash">SHA-256 of payload and options, hex.</param>
    /// <param name="life">How long the key holds; null = for ever.</param>
    /// <param name="cancellation">Stops the call.</param>
    public Task<Reservation> Reserve(string owner, string idempotencyKey, string payloadHash, TimeSpan? life, CancellationToken cancellation) =>
        keys.Reserve(owner, idempotencyKey, payloadHash, life, cancellation);

    /// <summary>Says that the worker is alive, and how far it is. False: the submission was taken over or is over; stop.</summary>
    public async Task<bool> Touch(Attempt attempt, RowsDone rows, CancellationToken cancellation) =>
        await Change(attempt, state => SubmissionRows.Put(state, rows), cancellation) is not null;

    /// <summary>Marks the submission as writing; to be called before the first revision of an attempt. False as for <see cref="Touch"/>.</summary>
    public async Task<bool> BeginWriting(Attempt attempt, CancellationToken cancellation)
    {
        await table.Open(attempt, clock.GetUtcNow(), cancellation);
        return await Change(attempt, state => state["State"] = nameof(SubmissionState.Writing), cancellation) is not null;
    }

    /// <summary>The next attempt, after a lost race that changed the revisions. Null: taken over or over; stop.</summary>
    public async Task<Attempt?> NextAttempt(Attempt attempt, CancellationToken cancellation)
    {
        var next = attempt with { Number = attempt.Number + 1 };
        return await Change(attempt, state => state["Attempt"] = next.Number, cancellation) is null ? null : next;
    }

    /// <summary>
    /// Keeps the answer for ever; for what is committed, and for what changed nothing. The first answer stands: what comes back
    /// is the one to send, whoever wrote it.
    /// </summary>
    public async Task<SubmissionAnswer> Complete(Attempt attempt, SubmissionAnswer answer, CancellationToken cancellation)
    {
        var standing = await blobs.SaveAnswer(attempt.SubmissionId, answer, cancellation);
        if (await Change(attempt, state => SubmissionRows.Finish(state, standing), cancellation) is not null && attempt.Number == 1)
        {
            await table.Close(attempt.SubmissionId, cancellation);
        }

        return standing;
    }

    /// <summary>The answer that was kept, whether or not its worker came to say that it is over; null where there is none.</summary>
    public Task<SubmissionAnswer?> Answered(string submissionId, CancellationToken cancellation) => blobs.FindAnswer(submissionId, cancellation);

    /// <summary>Keeps the report of a refused submission and frees its key. False as for <see cref="Touch"/>.</summary>
    public async Task<bool> Reject(Attempt attempt, SubmissionAnswer answer, CancellationToken cancellation)
    {
        if (await Refuse(attempt, cancellation) is not { } state)
        {
            return false;
        }

        await blobs.SaveAnswer(attempt.SubmissionId, answer, cancellation);
        await keys.Free(state.GetString("Key"), attempt.SubmissionId, cancellation);
        return true;
    }

    /// <summary>Ends a submission whose report is kept already, and frees its key. False as for <see cref="Touch"/>.</summary>
    public async Task<bool> EndRefused(Attempt attempt, CancellationToken cancellation)
    {
        if (await Refuse(attempt, cancellation) is not { } state)
        {
            return false;
        }

        await keys.Free(state.GetString("Key"), attempt.SubmissionId, cancellation);
        return true;
    }

    /// <summary>
    /// Frees the key and forgets the submission with its payload: for dry runs, and for what could not be read.
    /// Never after <see cref="BeginWriting"/>. What is promised is not forgotten. False as for <see cref="Touch"/>.
    /// </summary>
    public async Task<bool> Forget(Attempt attempt, CancellationToken cancellation)
    {
        if (await table.State(attempt.SubmissionId, cancellation) is { } known && SubmissionRows.IsPromised(known))
        {
            return false;
        }

        if (!await EndRefused(attempt, cancellation))
        {
            return false;
        }

        await blobs.Delete(attempt.SubmissionId, cancellation);
        if (await table.State(attempt.SubmissionId, cancellation) is { } rest)
        {
            await table.Delete(rest, cancellation);
        }

        return true;
    }

    /// <summary>Leaves the key to another submission; only when this one can be committed no more. False as for <see cref="Touch"/>.</summary>
    public async Task<bool> GiveUp(Attempt attempt, CancellationToken cancellation) =>
        await Change(attempt, state => state["State"] = nameof(SubmissionState.Abandoned), cancellation) is not null;

    /// <summary>What is known of a submission; null where there is none.</summary>
    public async Task<SubmissionStatus?> Find(string submissionId, CancellationToken cancellation)
    {
        if (await table.State(submissionId, cancellation) is not { } row)
        {
            return null;
        }

        var state = SubmissionRows.StateOf(row);
        var answer = state is SubmissionState.Finished or SubmissionState.Rejected
            ? await blobs.FindAnswer(submissionId, cancellation)
            : null;
        return new SubmissionStatus(
            new Attempt(submissionId, SubmissionRows.AttemptOf(row)),
            row.GetString("Owner"), state, SubmissionRows.Time(row, "StartedAt"), answer)
        {
            IsPromised = SubmissionRows.IsPromised(row),
            HeardAt = SubmissionRows.Time(row, "HeardAt"),
            Rows = SubmissionRows.RowsDone(row),
            Failure = SubmissionRows.Failure(row),
        };
    }

    /// <summary>What is known of the submission that an owner sent under a key; null where there is none.</summary>
    public async Task<SubmissionStatus?> Under(string owner, string idempotencyKey, CancellationToken cancellation) =>
        await table.Key(SubmissionRows.KeyPartition(owner, idempotencyKey), cancellation) is { } key
            ? await Find(key.GetString("SubmissionId"), cancellation)
            : null;

    /// <summary>Keeps the payload as it was sent, unless one is kept already, which then stands.</summary>
    /// <param name="submissionId">Whose it is.</param>
    /// <param name="payload">The bytes, from the current position.</param>
    /// <param name="contentType">Media type.</param>
    /// <param name="contentEncoding">gzip, or null for none.</param>
    /// <param name="hash">SHA-256 of the bytes, hex.</param>
    /// <param name="datasets">The datasets that it has rows of.</param>
    /// <param name="cancellation">Stops the call.</param>
    /// <returns>The hash of the one that stands.</returns>
    public Task<string> SavePayload(
        string submissionId, Stream payload, string contentType, string? contentEncoding, string hash, IEnumerable<Dataset> datasets, CancellationToken cancellation) =>
        blobs.SavePayload(submissionId, payload, contentType, contentEncoding, hash, datasets, cancellation);

    /// <summary>The payload as it was sent; null where there is none.</summary>
    public Task<SubmissionPayload?> OpenPayload(string submissionId, CancellationToken cancellation) =>
        blobs.OpenPayload(submissionId, cancellation);

    /// <summary>
    /// For a worker that learns only when it commits that its submission was given up: what it has written since must be removed too,
    /// when housekeeping's patience is over.
    /// </summary>
    public Task LeftBehind(Attempt attempt, CancellationToken cancellation) => table.Open(attempt, clock.GetUtcNow(), cancellation);

    private Task<TableEntity?> Refuse(Attempt attempt, CancellationToken cancellation) =>
        Change(attempt, state => state["State"] = nameof(SubmissionState.Rejected), cancellation);

    /// <summary>Changes the state row as long as the attempt is the newest and nothing is decided; null otherwise. The row
    /// names its last write, so that a change whose answer was lost is known for ours.</summary>
    private async Task<TableEntity?> Change(Attempt attempt, Action<TableEntity> change, CancellationToken cancellation)
    {
        var write = SubmissionRows.NewId();
        for (var looks = 0; await table.State(attempt.SubmissionId, cancellation) is { } state; SubmissionTable.LookAgain(ref looks))
        {
            if (SubmissionRows.WriteOf(state) == write)
            {
                return state;
            }

            if (!Holds(state, attempt))
            {
                return null;
            }

            var next = new TableEntity(state) { ["HeardAt"] = clock.GetUtcNow(), ["Write"] = write };
            change(next);
            if (await table.Replace(state, next, cancellation))
            {
                return next;
            }
        }

        return null;
    }

    private static bool Holds(TableEntity state, Attempt attempt) =>
        SubmissionRows.AttemptOf(state) == attempt.Number
        && SubmissionRows.IsOpen(state);
}
