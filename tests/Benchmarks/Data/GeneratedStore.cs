using ConflictData.Releases;

namespace Benchmarks.Data;

/// <summary>A store that holds the generated releases and nothing else; the app loads them from it as from storage.</summary>
internal sealed class GeneratedStore(GeneratedReleases releases, Action<CommittedRevisions> onRead) : IReleaseStore
{
    public Task EnsureCreated(CancellationToken cancellation) => Task.CompletedTask;

    public Task<Commit?> Head(CancellationToken cancellation) => Task.FromResult<Commit?>(releases.Commit(releases.Shape.Releases));

    public IAsyncEnumerable<Commit> CommitsAfter(int release, CancellationToken cancellation) =>
        Enumerable.Range(release + 1, releases.Shape.Releases - release).Select(releases.Commit).ToAsyncEnumerable();

    public Task<CommittedRevisions> Revisions(Commit commit, CancellationToken cancellation) => Task.Run(
        () =>
        {
            var release = releases.Release(commit.Release);
            onRead(release);
            return release;
        },
        cancellation);

    public Task WriteRevisions(string submissionId, int attempt, IReadOnlyList<Revision> revisions, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<CommitResult?> Find(string submissionId, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<CommitResult> TryCommit(Commit commit, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<bool> TryAbandon(string submissionId, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<IAsyncDisposable> TakeTurn(CancellationToken cancellation) => throw new NotSupportedException();
}
