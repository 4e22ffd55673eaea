using ConflictData.Releases;

namespace Benchmarks.Data;

/// <summary>A store that holds the generated releases and nothing else; the app loads them from it as from storage.</summary>
internal sealed class GeneratedStore(GeneratedReleases releases, Action<CommittedRevisions> onRead) : IReleaseReader
{

    public Task<Commit?> Head(CancellationToken cancellation) => Task.FromResult<Commit?>(releases.Commit(releases.Shape.Releases));

    public IAsyncEnumerable<Commit> CommitsAfter(int release, CancellationToken cancellation) =>
        Enumerable.Range(release + 1, releases.Shape.Releases - release).Select(releases.Commit).ToAsyncEnumerable();

    public IAsyncEnumerable<TagMove> TagMovesAfter(int version, CancellationToken cancellation) => AsyncEnumerable.Empty<TagMove>();

    public Task<CommittedRevisions> Revisions(Commit commit, Redactions redactions, CancellationToken cancellation) => Task.Run(
        () =>
        {
            var release = releases.Release(commit.Release);
            onRead(release);
            return release;
        },
        cancellation);
}
