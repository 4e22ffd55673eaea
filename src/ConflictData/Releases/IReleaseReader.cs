namespace ConflictData.Releases;

/// <summary>
/// Releases, revisions and tags as they stand in storage, for those who only read them. Every call may throw
/// <see cref="Azure.RequestFailedException"/> or an I/O exception when storage cannot be reached.
/// </summary>
public interface IReleaseReader
{
    /// <summary>The newest commit; null in an empty store. One point-like query.</summary>
    Task<Commit?> Head(CancellationToken cancellation);

    /// <summary>The commits after a release, oldest first.</summary>
    IAsyncEnumerable<Commit> CommitsAfter(int release, CancellationToken cancellation);

    /// <summary>
    /// The revisions of a commit, in order, read in parallel over partitions, without the texts that were taken away since.
    /// Throws <see cref="InvalidDataException"/> when their counts or hashes are not those of the commit row.
    /// </summary>
    /// <param name="commit">The commit.</param>
    /// <param name="redactions">All that there are.</param>
    /// <param name="cancellation">Stops the reading.</param>
    Task<CommittedRevisions> Revisions(Commit commit, Redactions redactions, CancellationToken cancellation);

    /// <summary>The moves of tags after a version, oldest first. One query of a range that is mostly empty.</summary>
    IAsyncEnumerable<TagMove> TagMovesAfter(int version, CancellationToken cancellation);
}
