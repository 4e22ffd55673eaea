using System.Runtime.CompilerServices;
using ConflictData.Releases;

namespace ConflictData.Tests.Query;

/// <summary>A store that reads from a list, counts its head queries, and can be held up or broken.</summary>
internal sealed class FakeReleaseStore(TestLog log) : IReleaseReader
{
    private TaskCompletionSource held = Done();

    public int HeadQueries { get; private set; }

    public int TagQueries { get; private set; }

    /// <summary>Thrown by every call while it is set.</summary>
    public Exception? Broken { get; set; }

    /// <summary>Releases whose revisions do not match their commit.</summary>
    public HashSet<int> Damaged { get; } = [];

    /// <summary>Keeps head queries waiting until <see cref="Release"/>.</summary>
    public void Hold() => held = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => held.TrySetResult();

    public async Task<Commit?> Head(CancellationToken cancellation)
    {
        HeadQueries++;
        var head = log.Commits.Count == 0 ? null : log.Commits[^1].Commit;
        await held.Task.WaitAsync(cancellation);
        return Broken is null ? head : throw Broken;
    }

    public async IAsyncEnumerable<Commit> CommitsAfter(int release, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.Yield();
        foreach (var item in log.Commits.Skip(release).ToList())
        {
            yield return item.Commit;
        }
    }

    public Task<CommittedRevisions> Revisions(Commit commit, Redactions redactions, CancellationToken cancellation) => Damaged.Contains(commit.Release)
        ? Task.FromException<CommittedRevisions>(new InvalidDataException($"Release {commit.Release} is damaged."))
        : Task.FromResult(log.Read(commit, redactions));

    public async IAsyncEnumerable<TagMove> TagMovesAfter(int version, [EnumeratorCancellation] CancellationToken cancellation)
    {
        TagQueries++;
        var moves = log.Tags.Moves.Skip(version).ToList();
        await held.Task.WaitAsync(cancellation);
        foreach (var move in Broken is null ? moves : throw Broken)
        {
            yield return move;
        }
    }

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }
}
