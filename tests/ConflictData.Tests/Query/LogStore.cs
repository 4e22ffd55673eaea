using ConflictData.Releases;

namespace ConflictData.Tests.Query;

/// <summary>A store that has what a log has, for the reading side.</summary>
internal sealed class LogStore(TestLog log) : IReleaseReader
{
    public Task<Commit?> Head(CancellationToken cancellation) => Task.FromResult(log.Commits.LastOrDefault()?.Commit);

    public IAsyncEnumerable<Commit> CommitsAfter(int release, CancellationToken cancellation) =>
        log.Commits.Skip(release).Select(item => item.Commit).ToAsyncEnumerable();

    public Task<CommittedRevisions> Revisions(Commit commit, Redactions redactions, CancellationToken cancellation) => Task.FromResult(log.Read(commit, redactions));

    public IAsyncEnumerable<TagMove> TagMovesAfter(int version, CancellationToken cancellation) => log.Tags.Moves.Skip(version).ToAsyncEnumerable();
}
