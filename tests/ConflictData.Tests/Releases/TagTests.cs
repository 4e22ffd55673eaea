using ConflictData.Api;
using ConflictData.Query;
using ConflictData.Releases;
using ConflictData.Storage;
using ConflictData.Tests.Faults;

namespace ConflictData.Tests.Releases;

/// <summary>Tags in storage.</summary>
public sealed class TagTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const int Writers = 8;
    private const int Each = 5;

    private readonly string prefix = azurite.NewPrefix();

    private TableReleaseStore Store => StoreAt(azurite.ConnectionString);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await Store.EnsureCreated(Cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_move_comes_back_as_it_went_and_commits_do_not_meet_it()
    {
        Assert.Empty(await Log(0));
        await Store.TryCommit(StoreData.Commit(1, "a", []), Cancellation);

        var made = await Move(new("2022-Q1", 1, TakesAway: false, "curator", "Quarterly figures, \"الحسكة\""));

        Assert.True(made.IsMade);
        Assert.Equal(("2022-Q1", 1, "curator", "Quarterly figures, \"الحسكة\""), (made.Move.Tag, made.Move.To, made.Move.Owner, made.Move.Message));
        Assert.Equal([made.Move], await Log(0));
        Assert.Equal(1, (await Store.Head(Cancellation))!.Release);
        Assert.Single(await Store.CommitsAfter(0, Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task The_same_order_again_writes_nothing_in_any_letter_case()
    {
        var first = await Move(Put("Spring", 1));
        var again = await Move(Put("SPRING", 1));

        Assert.Equal((false, first.Move), (again.IsMade, again.Move));
        Assert.Single(await Log(0));
    }

    [Fact]
    public async Task A_tag_goes_on_under_its_first_name_and_leaves_a_trail()
    {
        await Move(Put("Spring", 1));
        await Move(Put("spring", 2));
        await Move(TakeAway("SPRING", 2));
        var last = await Move(Put("sprinG", 1));

        Assert.Equal(
            [("Spring", null, 1), ("Spring", 1, 2), ("Spring", 2, null), ("Spring", null, 1)],
            (await Log(0)).Select(move => (move.Tag, move.From, move.To)));
        Assert.Equal(["Spring"], last.Tags.On(1));
        Assert.Equal(3, (await Log(1)).Count);
    }

    [Fact]
    public async Task What_is_not_there_cannot_be_taken_away()
    {
        await Move(Put("Spring", 1));
        Assert.Equal(ErrorCode.NotFound, (await Store.MoveTag(TakeAway("Autumn", 1), TagHistory.Empty, Cancellation)).Error?.Code);
        var elsewhere = (await Store.MoveTag(TakeAway("spring", 2), TagHistory.Empty, Cancellation)).Error!;
        Assert.Equal((ErrorCode.Conflict, "The tag Spring is on release 1, not on 2."), (elsewhere.Code, elsewhere.Detail));
        Assert.Single(await Log(0));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(0, false)]
    [InlineData(30, true)]
    [InlineData(30, false)]
    public async Task Writers_who_race_all_end_in_one_order_though_answers_are_lost(int percentLost, bool oneTag)
    {
        var chance = new Random(20220120);
        await using var proxy = new StorageProxy(azurite.ConnectionString, request => Judge(request, chance, percentLost));

        var results = (await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => MoveAll(StoreAt(proxy.ConnectionString), writer, oneTag)))).SelectMany(all => all).ToList();

        var log = await Log(0);
        Assert.Equal(Enumerable.Range(1, Writers * Each), log.Select(move => move.Version));
        Assert.Equal(log, results.Select(result => result.Move).OrderBy(move => move.Version));
        Assert.All(results, result => Assert.True(result.IsMade));
        Assert.Equal(log.Select(move => move.MovedAt).Order(), log.Select(move => move.MovedAt));
        Assert.All(log.GroupBy(move => move.Tag), moves => Assert.Equal(moves.Select(move => move.To).Prepend(null).SkipLast(1), moves.Select(move => move.From)));
        Assert.Equal(percentLost > 0, proxy.Harmed > 0);
    }

    [Fact]
    public async Task A_writer_whose_connection_breaks_before_storage_hears_of_it_tries_again()
    {
        var resets = 5;
        await using var proxy = new StorageProxy(azurite.ConnectionString, request => IsMove(request) && Interlocked.Decrement(ref resets) >= 0 ? Fault.Reset : Fault.None);

        var made = await StoreAt(proxy.ConnectionString).MoveTag(Put("Spring", 1), TagHistory.Empty, Cancellation);

        Assert.True(made.Value!.IsMade);
        Assert.Equal([made.Value.Move], await Log(0));
    }

    [Fact]
    public async Task A_gap_in_the_log_is_not_passed_over()
    {
        for (var release = 1; release <= 3; release++)
        {
            await Move(Put("Spring", release));
        }

        await new StorageAccount(new Settings { AzureWebJobsStorage = azurite.ConnectionString, StoragePrefix = prefix })
            .Table("Commits").DeleteEntityAsync("tags", "0000000002", cancellationToken: Cancellation);

        await Assert.ThrowsAsync<InvalidDataException>(() => Store.MoveTag(Put("Autumn", 1), TagHistory.Empty, Cancellation));
    }

    [Fact]
    public async Task Two_instances_that_tag_at_once_end_with_the_same_tags()
    {
        await Store.TryCommit(StoreData.Commit(1, "a", StoreData.Rows("Actors", 1)), Cancellation);
        await Store.WriteRevisions("a", 1, StoreData.Rows("Actors", 1), Cancellation);
        await using var here = new Engine(new Settings(), TimeProvider.System);
        await using var there = new Engine(new Settings(), TimeProvider.System);
        using var follower = new ReleaseFollower(Store, here, new Settings(), TimeProvider.System);
        using var other = new ReleaseFollower(Store, there, new Settings(), TimeProvider.System);

        await Task.WhenAll(new[] { follower, other }.SelectMany(instance => Enumerable.Range(0, Each).Select(async turn =>
        {
            var known = (await instance.Newest(Cancellation)).Value!;
            instance.Applied((await Store.MoveTag(Put($"tag-{turn}", 1), known.Tags, Cancellation)).Value!.Tags);
        })));

        Assert.Equal(1, (await ReleaseName.Find("TAG-3", other, TimeProvider.System, Cancellation)).Value?.Release);
        var (one, two) = ((await follower.Newest(Cancellation)).Value!.Tags, (await other.Newest(Cancellation)).Value!.Tags);
        Assert.Equal(one.Moves, two.Moves);
        Assert.Equal(Enumerable.Range(0, Each).Select(turn => $"tag-{turn}"), one.On(1));
        Assert.Equal(Each, one.Version);
    }

    private static bool IsMove(StorageRequest request) => request.Text.Contains("MoveId", StringComparison.Ordinal);

    private static Fault Judge(StorageRequest request, Random chance, int percentLost)
    {
        lock (chance)
        {
            return IsMove(request) && chance.Next(100) < percentLost ? Fault.DropAnswer : Fault.None;
        }
    }

    /// <summary>One of many instances: it learns of the others' moves only by its own.</summary>
    private static async Task<List<TagResult>> MoveAll(TableReleaseStore store, int writer, bool oneTag)
    {
        var (known, results) = (TagHistory.Empty, new List<TagResult>());
        for (var turn = 0; turn < Each; turn++)
        {
            var order = Put(oneTag ? "Spring" : $"Spring-{writer}", (writer * Each) + turn + 1);
            var result = await store.MoveTag(order, known, Cancellation);
            results.Add(result.Value!);
            known = results[^1].Tags;
        }

        return results;
    }

    private async Task<TagResult> Move(TagOrder order)
    {
        var moved = await Store.MoveTag(order, TagHistory.Empty, Cancellation);
        Assert.True(moved.Succeeded(out var result, out var error), error?.Detail);
        return result;
    }

    private Task<List<TagMove>> Log(int after) => Store.TagMovesAfter(after, Cancellation).ToListAsync(Cancellation).AsTask();

    private static TagOrder Put(string tag, int release) => new(tag, release, TakesAway: false, "curator", null);

    private static TagOrder TakeAway(string tag, int release) => new(tag, release, TakesAway: true, "curator", null);

    private TableReleaseStore StoreAt(string connectionString) =>
        new(new StorageAccount(new Settings { AzureWebJobsStorage = connectionString, StoragePrefix = prefix }, ShortPauses.Between), TimeProvider.System);
}
