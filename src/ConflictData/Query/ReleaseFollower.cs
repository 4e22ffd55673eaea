using ConflictData.Api;
using ConflictData.Releases;

namespace ConflictData.Query;

/// <summary>
/// Keeps an engine up with the store: asks for the newest release when what is known is too old, and loads what is missing.
/// However many requests wait for that, they wait for one and the same query. When storage is down, reads go on from memory.
/// </summary>
public sealed class ReleaseFollower : IDisposable
{
    /// <summary>How long requests wait for storage to name its newest release before they are answered from memory.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly IReleaseReader store;
    private readonly Engine engine;
    private readonly TimeProvider clock;
    private readonly TimeSpan freshFor;
    private readonly ReleaseLoader loader;
    private readonly SharedCheck check;
    private volatile Standing standing = new(null, null);

    public ReleaseFollower(IReleaseReader store, Engine engine, Settings settings, TimeProvider clock)
    {
        (this.store, this.engine, this.clock) = (store, engine, clock);
        freshFor = TimeSpan.FromSeconds(settings.FreshForSeconds);
        loader = new(store, engine);
        check = new(Look, clock);
    }

    /// <summary>True once the engine has held everything that the store had.</summary>
    public bool Loaded => CheckedAt is not null;

    /// <summary>The last time at which the engine was known to hold the newest release; null before the first.</summary>
    public DateTimeOffset? CheckedAt => standing.CheckedAt;

    /// <summary>Why the last check failed; null when it did not.</summary>
    public Exception? Trouble => standing.Trouble;

    /// <summary>
    /// After <see cref="Current"/>: how old its answer may be, where that is more than the settings allow because storage
    /// does not answer; else null.
    /// </summary>
    public TimeSpan? Stale => CheckedAt is { } then && clock.GetUtcNow() - then is var age && (Trouble is not null || age > freshFor + Patience) ? age : null;

    /// <summary>The releases, at most <see cref="Settings.FreshForSeconds"/> old; older only where <see cref="Stale"/> says so.</summary>
    /// <returns>The history; while nothing could be loaded yet <see cref="ErrorCode.NotReady"/> or <see cref="ErrorCode.StorageUnavailable"/>.</returns>
    public async Task<Result<ReleaseHistory>> Current(CancellationToken cancellation)
    {
        await Wait(check.NoOlderThan(freshFor), cancellation);
        return Loaded ? engine.History : NotReady();
    }

    /// <summary>The releases, with one that a caller names; the store is asked before it is denied.</summary>
    /// <returns>The history, <see cref="ErrorCode.ReleaseNotFound"/>, or as <see cref="Current"/> where storage cannot tell.</returns>
    public async Task<Result<ReleaseHistory>> AtLeast(int release, CancellationToken cancellation)
    {
        if (!Loaded || engine.History.Find(release) is null)
        {
            await Wait(check.FromHereOn(), cancellation);
        }

        if (Loaded && engine.History.Find(release) is not null)
        {
            return engine.History;
        }

        return Loaded && Stale is null
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
                await check.FromHereOn();
            }
        }
        catch (Exception error)
        {
            standing = standing with { Trouble = error };
        }
    }

    public void Dispose() => loader.Dispose();

    private ApiError NotReady() => Trouble is null or InvalidDataException
        ? new(ErrorCode.NotReady, Trouble?.Message ?? "The data is still being loaded.") { RetryAfter = 5 }
        : new(ErrorCode.StorageUnavailable, "Storage does not answer, so what it holds cannot be told.") { RetryAfter = 5 };

    /// <summary>Waits for a look at the store, but no longer than a request can where memory has an answer.</summary>
    private async Task Wait(Task looked, CancellationToken cancellation)
    {
        try
        {
            await looked.WaitAsync(Loaded ? Patience : Timeout.InfiniteTimeSpan, clock, cancellation);
        }
        catch (TimeoutException)
        {
            // The look goes on; Stale says how old the answer is without it.
        }
    }

    /// <summary>Asks for the newest release and loads what is missing. Never fails: what goes wrong is the standing.</summary>
    private async Task Look()
    {
        var asked = clock.GetUtcNow();
        try
        {
            using var patience = new CancellationTokenSource(Patience, clock);
            if (await store.Head(patience.Token) is { } head && head.Release > engine.History.Commits.Count)
            {
                await loader.Load();
            }

            standing = new(asked, null);
        }
        catch (Exception error)
        {
            standing = standing with { Trouble = error };
        }
    }

    private sealed record Standing(DateTimeOffset? CheckedAt, Exception? Trouble);
}
