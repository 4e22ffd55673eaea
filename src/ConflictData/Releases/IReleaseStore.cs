using ConflictData.Api;

namespace ConflictData.Releases;

/// <summary>How an attempt to commit ended.</summary>
public enum CommitOutcome
{
    /// <summary>The submission is a release: the one in <see cref="CommitResult.Commit"/>, which an earlier call may have made.</summary>
    Committed,

    /// <summary>Another submission took the number. Check again at the new head and try with the next one.</summary>
    LostRace,

    /// <summary>The submission was given up, by housekeeping or after its last try; it can never be committed.</summary>
    Abandoned,
}

/// <param name="Outcome">How it ended.</param>
/// <param name="Commit">The release that stands for the submission; null unless committed.</param>
public sealed record CommitResult(CommitOutcome Outcome, Commit? Commit);

/// <summary>
/// Releases, revisions and tags in storage. Every call may throw <see cref="Azure.RequestFailedException"/> or an I/O exception
/// when storage cannot be reached; nothing is half done then that a later call does not finish or leave invisible.
/// </summary>
public interface IReleaseStore : IReleaseReader
{
    /// <summary>Makes tables and containers that are missing.</summary>
    Task EnsureCreated(CancellationToken cancellation);

    /// <summary>Writes the revisions of one attempt; invisible until a commit names the attempt. Safe to repeat.</summary>
    /// <param name="submissionId">Whose they are.</param>
    /// <param name="attempt">Number of the attempt.</param>
    /// <param name="revisions">All of them, in order.</param>
    /// <param name="cancellation">Stops the writing.</param>
    /// <param name="written">Told how many more are written, from several threads.</param>
    Task WriteRevisions(string submissionId, int attempt, IReadOnlyList<Revision> revisions, CancellationToken cancellation, Action<int>? written = null);

    /// <summary>
    /// The one commit point: inserts the commit row and the submission's row in one transaction. An ambiguous answer is resolved by
    /// reading the submission's row, so a submission is never committed twice and never reported failed while it stands. When this
    /// throws (cancelled, or storage gone for good) the outcome is unknown: keep the reservation, and let <see cref="Find"/> tell later.
    /// </summary>
    Task<CommitResult> TryCommit(Commit commit, CancellationToken cancellation);

    /// <summary>What became of a submission: committed, abandoned, or null while neither is so.</summary>
    Task<CommitResult?> Find(string submissionId, CancellationToken cancellation);

    /// <summary>Gives a submission up unless it is committed; true when nobody can commit it any more.</summary>
    Task<bool> TryAbandon(string submissionId, CancellationToken cancellation);

    /// <summary>
    /// Removes what attempts of a submission have written, but for the one that counts; null = none does. Only after
    /// <see cref="TryAbandon"/> has said that nobody can commit it any more, or when it is committed.
    /// </summary>
    Task RemoveRevisions(string submissionId, int? keptAttempt, CancellationToken cancellation);

    /// <summary>
    /// A turn at committing for a writer that has lost race after race; dispose it to pass it on. For fairness only: waits half a
    /// minute at most and then goes on without.
    /// </summary>
    Task<IAsyncDisposable> TakeTurn(CancellationToken cancellation);

    /// <summary>
    /// Carries an order about a tag out, as the next move of all; nothing is written where the tag stands as it is wanted. Orders
    /// that race all end in the log, in one order, and the last one of a tag counts. When this throws, the move may have been made
    /// or not; giving the order again is harmless.
    /// </summary>
    /// <param name="order">The order.</param>
    /// <param name="known">The tags as far as they are known here; the newer moves are read first.</param>
    /// <param name="cancellation">Ends the tries.</param>
    /// <returns>How it ended; <see cref="ErrorCode.NotFound"/> or <see cref="ErrorCode.Conflict"/> where the tag cannot be moved so.</returns>
    Task<Result<TagResult>> MoveTag(TagOrder order, TagHistory known, CancellationToken cancellation);
}
