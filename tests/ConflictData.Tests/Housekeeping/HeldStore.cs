using ConflictData.Api;
using ConflictData.Releases;

namespace ConflictData.Tests.Housekeeping;

/// <summary>Where a worker is stopped.</summary>
public enum Step
{
    WriteRevisions,
    TryCommit,
}

/// <summary>A real store whose user is stopped before a step, as a process is that the machine suspends.</summary>
internal sealed class HeldStore(IReleaseStore store, Step step) : IReleaseStore
{
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the step is about to be taken.</summary>
    public Task Reached => reached.Task;

    public void GoOn() => goOn.SetResult();

    public async Task WriteRevisions(string submissionId, int attempt, IReadOnlyList<Revision> revisions, CancellationToken cancellation, Action<int>? written = null)
    {
        await Before(Step.WriteRevisions);
        await store.WriteRevisions(submissionId, attempt, revisions, cancellation, written);
    }

    public async Task<CommitResult> TryCommit(Commit commit, CancellationToken cancellation)
    {
        await Before(Step.TryCommit);
        return await store.TryCommit(commit, cancellation);
    }

    public Task EnsureCreated(CancellationToken cancellation) => store.EnsureCreated(cancellation);

    public Task<Commit?> Head(CancellationToken cancellation) => store.Head(cancellation);

    public IAsyncEnumerable<Commit> CommitsAfter(int release, CancellationToken cancellation) => store.CommitsAfter(release, cancellation);

    public Task<CommittedRevisions> Revisions(Commit commit, Redactions redactions, CancellationToken cancellation) => store.Revisions(commit, redactions, cancellation);

    public IAsyncEnumerable<TagMove> TagMovesAfter(int version, CancellationToken cancellation) => store.TagMovesAfter(version, cancellation);

    public Task<CommitResult?> Find(string submissionId, CancellationToken cancellation) => store.Find(submissionId, cancellation);

    public Task<bool> TryAbandon(string submissionId, CancellationToken cancellation) => store.TryAbandon(submissionId, cancellation);

    public Task RemoveRevisions(string submissionId, int? keptAttempt, CancellationToken cancellation) =>
        store.RemoveRevisions(submissionId, keptAttempt, cancellation);

    public Task<IAsyncDisposable> TakeTurn(CancellationToken cancellation) => store.TakeTurn(cancellation);

    public Task<Result<TagResult>> MoveTag(TagOrder order, TagHistory known, CancellationToken cancellation) => store.MoveTag(order, known, cancellation);

    private async Task Before(Step next)
    {
        if (next == step)
        {
            reached.TrySetResult();
            await goOn.Task;
        }
    }
}
