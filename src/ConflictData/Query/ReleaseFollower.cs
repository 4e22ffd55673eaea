using ConflictData.Api;
using ConflictData.Releases;

namespace ConflictData.Query;

/// <summary>
/// Keeps an engine up with the store: asks for the newest release when what is known is too old, and loads what is missing.
/// However many requests wait for that, they wait for one and the same query. When storage is down, reads go on from memory.
/// </summary>
public sealed class ReleaseFollower(IReleaseStore store, Engine engine, Settings settings, TimeProvider clock) : IDisposable
{
    /// <summary>How long requests wait for storage to name its newest release before they are answered from memory.</summary>
    private static readonly TimeSpan HeadPatience = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly ReleaseLoader loader = new(store, engine);
    private Check? running;
    private Check? queued;
    private Check? last;

    /// <summary>True once the engine has held everything that the store had.</summary>
    public bool Loaded => CheckedAt is not null;

    /// <summary>The last time at which the engine was known to hold the newest release; null before the first.</summary>
    public DateTimeOffset? CheckedAt { get; private set; }

    /// <summary>Why the last check failed; null when it did not.</summary>
    public Exception? Trouble { get; private set; }

    /// <summary>How old the answer of an unpinned read may be beyond what the settings allow; null while storage answers.</summary>
    public TimeSpan? Stale => Trouble is null || CheckedAt is not { } then ? null : clock.GetUtcNow() - then;

    /// <summary>The releases, at most <see cref="Settings.FreshForSeconds"/> old; older only while <see cref="Stale"/> says so.</summary>
    /// <returns>The history, or <see cref="ErrorCode.NotReady"/> while nothing could be loaded yet.</returns>
    public async Task<Result<ReleaseHistory>> Current(CancellationToken cancellation)
    {
        if (NeededCheck() is { } check)
        {
            await check.Done.WaitAsync(cancellation);
        }

        return Loaded ? engine.History : NotReady();
    }

    /// <summary>The releases, with one that a caller names; the store is asked before it is denied.</summary>
    /// <returns>The history, <see cref="ErrorCode.ReleaseNotFound"/>, or <see cref="ErrorCode.NotReady"/> while nothing could be loaded yet.</returns>
    public async Task<Result<ReleaseHistory>> AtLeast(int release, CancellationToken cancellation)
    {
        if (Loaded && engine.History.Find(release) is not null)
        {
            return engine.History;
        }

        await NextCheck().Done.WaitAsync(cancellation);
        if (engine.History.Find(release) is not null)
        {
            return engine.History;
        }

        return Trouble is null
            ? new ApiError(ErrorCode.ReleaseNotFound, $"There is no release {release}; the newest is {engine.History.Commits.Count}.")
            : NotReady();
    }

    /// <summary>
    /// Takes over a commit of this instance's own. Never fails: the commit stands in the store whatever happens here, and what
    /// goes wrong is made up for by the next check.
    /// </summary>
    public async Task Applied(CommittedRevisions committed)
    {
        try
        {
            if (!await loader.TryApply(committed))
            {
                await NextCheck().Done;
            }
        }
        catch (Exception error)
        {
            Trouble = error;
        }
    }

    public void Dispose() => loader.Dispose();

    private ApiError NotReady() => new(ErrorCode.NotReady, Trouble is null
        ? "The data is still being loaded."
        : "Storage cannot be reached, or what it holds does not fit; the data could not be loaded.") { RetryAfter = 5 };

    /// <summary>A check to wait for; null when the last one is young enough.</summary>
    private Check? NeededCheck()
    {
        lock (gate)
        {
            return IsFresh(last) ? null : IsFresh(running) ? running : Start();
        }
    }

    /// <summary>A check that starts from here on.</summary>
    private Check NextCheck()
    {
        lock (gate)
        {
            return Start();
        }
    }

    private bool IsFresh(Check? check) => check is not null && clock.GetElapsedTime(check.Started) < TimeSpan.FromSeconds(settings.FreshForSeconds);

    /// <summary>Starts a check, or queues one behind that which runs: its answer may be older than this call.</summary>
    private Check Start()
    {
        if (running is null)
        {
            running = new(clock.GetTimestamp());
            _ = Run(running);
            return running;
        }

        return queued ??= new(clock.GetTimestamp());
    }

    private async Task Run(Check check)
    {
        await Task.Yield();
        check.Started = clock.GetTimestamp();
        var asked = clock.GetUtcNow();
        try
        {
            using var patience = new CancellationTokenSource(HeadPatience, clock);
            if (await store.Head(patience.Token) is { } head && head.Release > engine.History.Commits.Count)
            {
                await loader.Load();
            }

            (CheckedAt, Trouble) = (asked, null);
        }
        catch (Exception error)
        {
            Trouble = error;
        }

        Finish(check);
    }

    private void Finish(Check check)
    {
        lock (gate)
        {
            (last, running, queued) = (check, queued, null);
            if (running is not null)
            {
                _ = Run(running);
            }
        }

        check.Finish();
    }

    /// <summary>One look at the store, shared by all who wait for it.</summary>
    private sealed class Check(long started)
    {
        private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public long Started { get; set; } = started;

        public Task Done => done.Task;

        public void Finish() => done.SetResult();
    }
}
