using ConflictData.Api;
using ConflictData.Releases;
using ConflictData.RowFiles;

namespace ConflictData.Query;

/// <summary>
/// Keeps an engine up with the store: asks for the newest release and tags when what is known is too old, and loads what is missing.
/// However many requests wait for that, they wait for one and the same query. When storage is down, reads go on from memory.
/// </summary>
public sealed class ReleaseFollower : IDisposable
{
    /// <summary>How long requests wait for storage to name its newest release before they are answered from memory.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The same where storage did not answer the last time: enough for one that is back.</summary>
    private static readonly TimeSpan BriefPatience = TimeSpan.FromMilliseconds(500);

    private readonly IReleaseReader store;
    private readonly Engine engine;
    private readonly TimeProvider clock;
    private readonly TimeSpan freshFor;
    private readonly ReleaseLoader loader;
    private readonly SharedCheck check;
    private volatile Standing standing = new(null, null);

    /// <param name="store">The store.</param>
    /// <param name="engine">The engine.</param>
    /// <param name="settings">How fresh it is kept.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="checkpoints">Where an empty engine begins; null = at the first release.</param>
    public ReleaseFollower(IReleaseReader store, Engine engine, Settings settings, TimeProvider clock, CheckpointReader? checkpoints = null)
    {
        (this.store, this.engine, this.clock) = (store, engine, clock);
        freshFor = TimeSpan.FromSeconds(settings.FreshForSeconds);
        loader = new(store, engine, checkpoints);
        check = new(Look, clock);
    }

    /// <summary>Happens when a commit of this instance's own was taken over. Nobody may keep it waiting.</summary>
    public event Action? Committed;

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

    /// <inheritdoc cref="ReleaseLoader.RevisionsRead"/>
    public long RevisionsRead => loader.RevisionsRead;

    /// <summary>The releases, at most <see cref="Settings.FreshForSeconds"/> old; older only where <see cref="Stale"/> says so.</summary>
    /// <returns>The history; while nothing could be loaded yet <see cref="ErrorCode.NotReady"/> or <see cref="ErrorCode.StorageUnavailable"/>.</returns>
    public async Task<Result<ReleaseHistory>> Current(CancellationToken cancellation)
    {
        await Wait(check.NoOlderThan(freshFor), cancellation, Trouble is null ? Patience : BriefPatience);
        return Loaded ? engine.History : NotReady();
    }

    /// <summary>The releases as they stand after this call began, for whoever is about to change something.</summary>
    /// <returns>The history; <see cref="ErrorCode.NotReady"/> or <see cref="ErrorCode.StorageUnavailable"/> where it cannot be had.</returns>
    public async Task<Result<ReleaseHistory>> Newest(CancellationToken cancellation)
    {
        var looked = await Wait(check.FromHereOn(), cancellation);
        return looked && Trouble is null ? engine.History : NotReady();
    }

    /// <summary>The releases, with one that a caller names; the store is asked before it is denied.</summary>
    /// <returns>The history, <see cref="ErrorCode.ReleaseNotFound"/>, or as <see cref="Current"/> where storage cannot tell.</returns>
    public Task<Result<ReleaseHistory>> AtLeast(int release, CancellationToken cancellation) => AtLeast(new AsOf(release), cancellation);

    /// <summary>The same for a release and a version of the tags.</summary>
    public Task<Result<ReleaseHistory>> AtLeast(AsOf point, CancellationToken cancellation) => Having(
        history => history.Find(point.Release) is not null && history.Tags.Version >= point.Tags,
        history => history.Find(point.Release) is null
            ? $"There is no release {point.Release}; the newest is {history.Commits.Count}."
            : $"The tags of version {point.Tags} are not there; the newest is {history.Tags.Version}.",
        cancellation);

    /// <summary>The releases, with that of a tag; the store is asked before the tag is denied.</summary>
    /// <returns>The history, <see cref="ErrorCode.ReleaseNotFound"/>, or as <see cref="Current"/> where storage cannot tell.</returns>
    public async Task<Result<ReleaseHistory>> Tagged(string tag, CancellationToken cancellation)
    {
        await Wait(check.NoOlderThan(freshFor), cancellation);
        return await Having(
            history => history.Tags.Find(tag)?.To is { } release && history.Find(release) is not null,
            _ => $"There is no release with the tag {tag}.",
            cancellation);
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

            Committed?.Invoke();
        }
        catch (Exception error)
        {
            standing = standing with { Trouble = error };
        }
    }

    /// <summary>Takes over what moving a tag here has brought to light. Never fails, as the above.</summary>
    public void Applied(TagHistory tags)
    {
        try
        {
            engine.MoveTags(tags.Moves);
        }
        catch (Exception error)
        {
            standing = standing with { Trouble = error };
        }
    }

    public void Dispose() => loader.Dispose();

    private async Task<Result<ReleaseHistory>> Having(Func<ReleaseHistory, bool> isThere, Func<ReleaseHistory, string> denial, CancellationToken cancellation)
    {
        var looked = (!Loaded || !isThere(engine.History)) && await Wait(check.FromHereOn(), cancellation);
        var history = engine.History;
        return Loaded && isThere(history) ? history
            : looked && Trouble is null ? new ApiError(ErrorCode.ReleaseNotFound, denial(history))
            : NotReady();
    }

    private ApiError NotReady() => Trouble is LocalDiskException ? LocalDiskException.Error
        : Trouble is InvalidDataException || (Trouble is null && !Loaded)
        ? new(ErrorCode.NotReady, Trouble?.Message ?? "The data is still being loaded.") { RetryAfter = 5 }
        : new(ErrorCode.StorageUnavailable, "Storage does not answer, so what it holds cannot be told.") { RetryAfter = 5 };

    /// <summary>Waits for a look at the store, but no longer than a request can where memory has an answer; false when it has not ended by then.</summary>
    private async Task<bool> Wait(Task looked, CancellationToken cancellation, TimeSpan? patience = null)
    {
        try
        {
            await looked.WaitAsync(Loaded ? patience ?? Patience : Timeout.InfiniteTimeSpan, clock, cancellation);
            return true;
        }
        catch (TimeoutException)
        {
            // The look goes on; Stale says how old the answer is without it.
            return false;
        }
    }

    /// <summary>
    /// Asks for the newest release and the newest tags, and loads what is missing. Never fails: what goes wrong is the standing.
    /// Neither the tags nor the releases wait for the others where those cannot be loaded.
    /// </summary>
    private async Task Look()
    {
        var asked = clock.GetUtcNow();
        try
        {
            using var patience = new CancellationTokenSource(Patience, clock);
            var head = store.Head(patience.Token);
            var moves = store.TagMovesAfter(engine.History.Tags.Version, patience.Token).ToListAsync(patience.Token).AsTask();
            await Task.WhenAll(head, moves);
            try
            {
                engine.MoveTags(await moves);
            }
            finally
            {
                await LoadTo(await head);
            }

            standing = new(asked, null);
        }
        catch (Exception error)
        {
            standing = standing with { Trouble = error };
        }
    }

    private async Task LoadTo(Commit? head)
    {
        if (head?.Release > engine.History.Commits.Count)
        {
            await loader.Load();
        }
    }

    private sealed record Standing(DateTimeOffset? CheckedAt, Exception? Trouble);
}
