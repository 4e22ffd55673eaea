using ConflictData.Storage;

namespace ConflictData.Submissions;

/// <summary>
/// Who works on which submission, and what was answered: table Submissions and container submissions. Safe for any number of
/// instances at once. Calls throw <see cref="Azure.RequestFailedException"/> when storage cannot be reached.
/// </summary>
public sealed class SubmissionLog(StorageAccount account, TimeProvider clock)
{
    /// <summary>A submission whose worker was not heard of for so long may be taken over; call <see cref="Touch"/> well within it.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

    /// <summary>How long a key holds that the app derived because the client gave none.</summary>
    public static readonly TimeSpan DerivedKeyLife = TimeSpan.FromHours(24);

    private readonly StorageAccount account = account;
    private readonly TimeProvider clock = clock;

    /// <summary>Asks for the right to work on the payload that an owner sent under a key.</summary>
    /// <param name="owner">Who sends it.</param>
    /// <param name="idempotencyKey">The client's key, or one derived from payload and options.</param>
    /// <param name="payloadHash">SHA-256 of payload and options, hex.</param>
    /// <param name="life">How long the key holds; null = for ever.</param>
    /// <param name="cancellation">Stops the call.</param>
    public Task<Reservation> Reserve(string owner, string idempotencyKey, string payloadHash, TimeSpan? life, CancellationToken cancellation) =>
        throw new NotImplementedException();

    /// <summary>Says that the worker is alive. False: the submission was taken over or is over; stop.</summary>
    public Task<bool> Touch(Attempt attempt, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>Marks the submission as writing; to be called before the first revision of an attempt. False as for <see cref="Touch"/>.</summary>
    public Task<bool> BeginWriting(Attempt attempt, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>The next attempt, after a lost race that changed the revisions. Null: taken over or over; stop.</summary>
    public Task<Attempt?> NextAttempt(Attempt attempt, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>Keeps the answer for ever. The first answer stands: what comes back is the one to send, whoever wrote it.</summary>
    public Task<SubmissionAnswer> Complete(Attempt attempt, SubmissionAnswer answer, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>Keeps the report of a refused submission and frees its key. False as for <see cref="Touch"/>.</summary>
    public Task<bool> Reject(Attempt attempt, SubmissionAnswer answer, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>Frees the key and forgets the submission: for dry runs and for payloads that could not be read. False as for <see cref="Touch"/>.</summary>
    public Task<bool> Forget(Attempt attempt, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>What is known of a submission; null where there is none.</summary>
    public Task<SubmissionStatus?> Find(string submissionId, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>Keeps the payload as it was sent.</summary>
    /// <param name="submissionId">Whose it is.</param>
    /// <param name="payload">The bytes, from the current position.</param>
    /// <param name="contentType">Media type.</param>
    /// <param name="hash">SHA-256 of the bytes, hex.</param>
    /// <param name="cancellation">Stops the call.</param>
    public Task SavePayload(string submissionId, Stream payload, string contentType, string hash, CancellationToken cancellation) =>
        throw new NotImplementedException();

    /// <summary>The payload as it was sent; null where there is none.</summary>
    public Task<SubmissionPayload?> OpenPayload(string submissionId, CancellationToken cancellation) => throw new NotImplementedException();
}
