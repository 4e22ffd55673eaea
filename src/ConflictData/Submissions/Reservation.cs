namespace ConflictData.Submissions;

/// <summary>
/// The right to work on a submission. The attempt number is also the fence: whoever takes a silent submission over gets a higher one,
/// and every call under a lower one is refused. Revisions are written under it.
/// </summary>
public readonly record struct Attempt(string SubmissionId, int Number);

/// <summary>How a request for a submission's idempotency key ended.</summary>
public abstract record Reservation
{
    private Reservation()
    {
    }

    /// <summary>
    /// The caller is to do the work. Above number 1 somebody began it and fell silent: look with <see cref="Releases.IReleaseStore.Find"/>
    /// whether it is committed before doing it again, and once more before answering that nothing changed.
    /// </summary>
    public sealed record Granted(Attempt Attempt) : Reservation;

    /// <summary>The same payload was sent with this key and is done: answer the same again.</summary>
    public sealed record Finished(string SubmissionId) : Reservation;

    /// <summary>The same payload is being worked on.</summary>
    public sealed record InProgress(string SubmissionId, TimeSpan RetryAfter) : Reservation;

    /// <summary>The key belongs to another payload.</summary>
    public sealed record OtherPayload(string SubmissionId) : Reservation;
}
