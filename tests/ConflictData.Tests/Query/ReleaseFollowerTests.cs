using ConflictData.Api;
using ConflictData.Query;
using ConflictData.RowFiles;
using Microsoft.Extensions.Time.Testing;

namespace ConflictData.Tests.Query;

public sealed class ReleaseFollowerTests : IAsyncLifetime
{
    private readonly TestLog log = new();
    private readonly FakeTimeProvider clock = new(TestLog.Start.AddDays(10));
    private readonly Settings settings = new();
    private readonly FakeReleaseStore store;
    private readonly Engine engine;

    public ReleaseFollowerTests()
    {
        store = new(log);
        engine = new(settings, clock);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task The_store_is_asked_again_only_when_the_answer_is_too_old()
    {
        using var follower = Follower();
        AddRelease();
        Assert.Equal(1, await Head(follower));
        AddRelease();

        clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.Equal((1, 1), (await Head(follower), store.HeadQueries));
        clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal((2, 2), (await Head(follower), store.HeadQueries));
    }

    [Fact]
    public async Task Requests_that_come_together_share_one_head_query()
    {
        using var follower = Follower();
        AddRelease();
        store.Hold();
        var requests = Enumerable.Range(0, 50).Select(_ => Head(follower)).ToArray();
        store.Release();
        Assert.All(await Task.WhenAll(requests), head => Assert.Equal(1, head));
        Assert.Equal(1, store.HeadQueries);
    }

    [Fact]
    public async Task With_no_time_allowed_a_request_never_takes_an_answer_that_was_asked_for_before_it()
    {
        settings.FreshForSeconds = 0;
        using var follower = Follower();
        AddRelease();
        Assert.Equal(1, await Head(follower));
        store.Hold();
        var early = Head(follower);
        await Until(() => store.HeadQueries == 2);
        AddRelease();
        var late = Enumerable.Range(0, 20).Select(_ => Head(follower)).ToArray();
        store.Release();

        Assert.Equal(1, await early);
        Assert.All(await Task.WhenAll(late), head => Assert.Equal(2, head));
        Assert.Equal(3, store.HeadQueries);
    }

    [Fact]
    public async Task A_release_that_is_named_is_looked_for_before_it_is_denied()
    {
        using var follower = Follower();
        AddRelease();
        Assert.Equal(1, await Head(follower));
        AddRelease();

        var second = await follower.AtLeast(2, TestContext.Current.CancellationToken);
        var third = await follower.AtLeast(3, TestContext.Current.CancellationToken);

        Assert.Equal(2, second.Value?.Head?.Release);
        Assert.Equal(ErrorCode.ReleaseNotFound, third.Error?.Code);
    }

    [Fact]
    public async Task Reads_go_on_from_memory_while_storage_is_down_and_say_how_old_they_are()
    {
        using var follower = Follower();
        AddRelease();
        Assert.Equal(1, await Head(follower));
        Assert.Null(follower.Stale);
        store.Broken = new IOException("down");
        clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(1, await Head(follower));
        Assert.Equal(TimeSpan.FromSeconds(30), follower.Stale);
        Assert.Equal(ErrorCode.StorageUnavailable, (await follower.AtLeast(9, TestContext.Current.CancellationToken)).Error?.Code);
        Assert.Equal(1, (await follower.AtLeast(1, TestContext.Current.CancellationToken)).Value?.Head?.Release);

        store.Broken = null;
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(1, await Head(follower));
        Assert.Null(follower.Stale);
    }

    [Fact]
    public async Task Storage_that_does_not_answer_at_all_holds_requests_up_for_five_seconds_only()
    {
        using var follower = Follower();
        AddRelease();
        Assert.Equal(1, await Head(follower));
        clock.Advance(TimeSpan.FromSeconds(3));
        store.Hold();

        var request = Head(follower);
        await Until(() => store.HeadQueries == 2);
        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(1, await request);
        Assert.Equal(TimeSpan.FromSeconds(8), follower.Stale);
    }

    [Fact]
    public async Task Nothing_is_answered_before_everything_was_loaded_once()
    {
        using var follower = Follower();
        store.Broken = new IOException("down");
        var down = await follower.Current(TestContext.Current.CancellationToken);
        Assert.Equal((ErrorCode.StorageUnavailable, false), (down.Error?.Code, follower.Loaded));

        store.Broken = null;
        clock.Advance(TimeSpan.FromSeconds(3));
        var empty = await follower.Current(TestContext.Current.CancellationToken);
        Assert.True(follower.Loaded);
        Assert.Null(empty.Value?.Head);
    }

    [Fact]
    public async Task A_release_that_is_damaged_in_storage_is_not_read_but_those_before_it_are()
    {
        using var follower = Follower();
        AddRelease();
        Assert.Equal(1, await Head(follower));
        AddRelease();
        AddRelease();
        store.Damaged.Add(3);
        clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(2, await Head(follower));
        Assert.IsType<InvalidDataException>(follower.Trouble);
        Assert.Equal(ErrorCode.NotReady, (await follower.AtLeast(3, TestContext.Current.CancellationToken)).Error?.Code);

        store.Damaged.Clear();
        clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(3, await Head(follower));
        Assert.Null(follower.Trouble);
    }

    [Fact]
    public async Task While_the_local_disk_fails_it_is_not_storage_that_is_blamed()
    {
        using var follower = Follower();
        store.Broken = new LocalDiskException("/tmp", new IOException("No space left on device."));
        Assert.Same(LocalDiskException.Error, (await follower.Current(TestContext.Current.CancellationToken)).Error);

        store.Broken = null;
        clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Null((await follower.Current(TestContext.Current.CancellationToken)).Error);
    }

    [Fact]
    public async Task An_own_commit_is_there_at_once_and_brings_along_what_came_before_it()
    {
        using var follower = Follower();
        AddRelease();
        Assert.Equal(1, await Head(follower));

        await follower.Applied(AddRelease());
        Assert.Equal((2, 1), (engine.History.Head?.Release, store.HeadQueries));
        AddRelease();
        await follower.Applied(AddRelease());
        Assert.Equal((4, 2), (engine.History.Head?.Release, store.HeadQueries));
        await follower.Applied(log.Commits[1]);
        Assert.Equal(4, engine.History.Head?.Release);
    }

    [Fact]
    public async Task A_caller_that_gives_up_leaves_the_others_waiting()
    {
        using var follower = Follower();
        AddRelease();
        store.Hold();
        using var impatient = new CancellationTokenSource();
        var one = follower.Current(impatient.Token);
        var other = Head(follower);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        store.Release();
        Assert.Equal(1, await other);
    }

    private static async Task Until(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Yield();
        }
    }

    private static async Task<int?> Head(ReleaseFollower follower)
    {
        var result = await follower.Current(TestContext.Current.CancellationToken);
        Assert.True(result.Succeeded(out var history, out var error), error?.Detail);
        return history.Head?.Release;
    }

    private ReleaseFollower Follower() => new(store, engine, settings, clock);

    private ConflictData.Releases.CommittedRevisions AddRelease() => log.Add([TestLog.Place($"p{log.Commits.Count}", "somewhere")]);
}
