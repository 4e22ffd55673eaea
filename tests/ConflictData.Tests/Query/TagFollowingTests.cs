using ConflictData.Api;
using ConflictData.Query;
using Microsoft.Extensions.Time.Testing;

namespace ConflictData.Tests.Query;

/// <summary>How an instance learns of tags.</summary>
public sealed class TagFollowingTests : IAsyncLifetime
{
    private readonly TestLog log = new();
    private readonly FakeTimeProvider clock = new(TestLog.Start.AddDays(10));
    private readonly FakeReleaseStore store;
    private readonly Engine engine;
    private readonly ReleaseFollower follower;

    public TagFollowingTests()
    {
        store = new(log);
        engine = new(new Settings(), clock);
        follower = new(store, engine, new Settings(), clock);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        AddRelease();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        follower.Dispose();
        return engine.DisposeAsync();
    }

    [Fact]
    public async Task Tags_are_there_from_the_first_answer_on_and_newer_ones_within_the_time_allowed()
    {
        log.Tag("Spring", 1);
        Assert.Equal("Spring", await Tags(1));
        log.Tag("Autumn", 1);

        clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.Equal(("Spring", 1), (await Tags(1), store.TagQueries));
        clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(("Autumn; Spring", 2), (await Tags(1), store.TagQueries));
    }

    [Fact]
    public async Task A_tag_names_its_release_in_any_letter_case_and_follows_it()
    {
        AddRelease();
        log.Tag("Spring", 1);
        Assert.Equal(1, await Release("sPRING"));
        log.Tag("Spring", 2);
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(2, await Release("spring"));
        log.Tag("Spring", null);
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(ErrorCode.ReleaseNotFound, await Refused("spring"));
    }

    [Fact]
    public async Task A_tag_that_is_not_known_is_looked_for_before_it_is_denied()
    {
        Assert.Equal(ErrorCode.ReleaseNotFound, await Refused("Spring"));
        log.Tag("Spring", 1);
        Assert.Equal(1, await Release("Spring"));
    }

    [Fact]
    public async Task A_text_that_can_be_no_tag_is_denied_without_a_look()
    {
        await Tags(1);
        Assert.Equal((ErrorCode.ReleaseNotFound, 1), (await Refused("no tag"), store.TagQueries));
    }

    [Fact]
    public async Task A_tag_on_a_release_that_is_not_loaded_yet_loads_it()
    {
        await Tags(1);
        AddRelease();
        follower.Applied(TagsOf(("Spring", 2)));

        Assert.Equal(1, engine.History.Head?.Release);
        Assert.Equal(2, await Release("Spring"));
    }

    [Fact]
    public async Task An_own_move_is_there_at_once_with_what_came_before_it()
    {
        await Tags(1);
        follower.Applied(TagsOf(("Spring", 1), ("Autumn", 1)));
        follower.Applied(log.Tags.At(1));

        Assert.Equal(("Autumn; Spring", 1), (await Tags(1), store.TagQueries));
        Assert.Null(follower.Trouble);
    }

    [Fact]
    public async Task Known_tags_go_on_while_storage_is_down_and_of_others_nothing_is_said()
    {
        log.Tag("Spring", 1);
        Assert.Equal(1, await Release("Spring"));
        store.Broken = new IOException("down");
        clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(1, await Release("Spring"));
        Assert.Equal(TimeSpan.FromSeconds(30), follower.Stale);
        Assert.Equal(ErrorCode.StorageUnavailable, await Refused("Autumn"));
        Assert.Equal(ErrorCode.StorageUnavailable, (await follower.Newest(Cancellation)).Error?.Code);
    }

    [Fact]
    public async Task Storage_that_does_not_answer_in_time_denies_nothing()
    {
        await Tags(1);
        store.Hold();
        var (tag, release, newest) = (Refused("Spring"), follower.AtLeast(7, Cancellation), follower.Newest(Cancellation));
        while (store.TagQueries < 2)
        {
            await Task.Yield();
        }

        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(ErrorCode.StorageUnavailable, await tag);
        Assert.Equal(ErrorCode.StorageUnavailable, (await release).Error?.Code);
        Assert.Equal(ErrorCode.StorageUnavailable, (await newest).Error?.Code);
    }

    [Fact]
    public async Task Tags_are_followed_though_a_release_is_damaged()
    {
        await Tags(1);
        AddRelease();
        store.Damaged.Add(2);
        log.Tag("Spring", 1);
        log.Tag("Autumn", 2);
        clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(1, await Release("Spring"));
        Assert.Equal(ErrorCode.NotReady, await Refused("Autumn"));
    }

    [Fact]
    public async Task A_point_of_tags_that_are_not_known_yet_is_looked_for()
    {
        await Tags(1);
        log.Tag("Spring", 1);

        Assert.Equal(1, (await follower.AtLeast(new AsOf(1, 1), Cancellation)).Value?.Tags.Version);
        Assert.Equal(ErrorCode.ReleaseNotFound, (await follower.AtLeast(new AsOf(1, 2), Cancellation)).Error?.Code);
    }

    [Fact]
    public async Task What_is_newest_is_asked_for_however_fresh_the_last_answer_is()
    {
        await Tags(1);
        AddRelease();
        log.Tag("Spring", 2);

        var newest = (await follower.Newest(Cancellation)).Value!;
        Assert.Equal((2, "Spring"), (newest.Head!.Release, string.Join("; ", newest.Tags.On(2))));
    }

    private async Task<string> Tags(int release)
    {
        var known = await follower.Current(Cancellation);
        Assert.True(known.Succeeded(out var history, out var error), error?.Detail);
        return string.Join("; ", history.Tags.On(release));
    }

    private async Task<int> Release(string name)
    {
        var found = await ReleaseName.Find(name, follower, clock, Cancellation);
        Assert.True(found.Succeeded(out var commit, out var error), error?.Detail);
        return commit.Release;
    }

    private async Task<ErrorCode?> Refused(string name) => (await ReleaseName.Find(name, follower, clock, Cancellation)).Error?.Code;

    private ConflictData.Releases.TagHistory TagsOf(params (string Tag, int Release)[] moves)
    {
        Array.ForEach(moves, move => log.Tag(move.Tag, move.Release));
        return log.Tags;
    }

    private void AddRelease() => log.Add([TestLog.Place($"p{log.Commits.Count}", "somewhere")]);
}
