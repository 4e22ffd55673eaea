using ConflictData.Releases;
using ConflictData.Storage;
using ConflictData.Tests.Faults;

namespace ConflictData.Tests.Releases;

public sealed class CommitTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly Revision[] None = [];
    private readonly string prefix = azurite.NewPrefix();

    private TableReleaseStore Store => StoreAt(azurite.ConnectionString);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await Store.EnsureCreated(Cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task An_empty_store_has_no_head_and_making_it_again_is_harmless()
    {
        await Store.EnsureCreated(Cancellation);
        Assert.Null(await Store.Head(Cancellation));
        Assert.Null(await Store.Find("nobody", Cancellation));
        Assert.Empty(await Store.CommitsAfter(0, Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task A_commit_comes_back_as_it_went()
    {
        var commit = StoreData.Commit(1, "a", StoreData.Rows("Places", 3)) with { Reason = "correction" };
        await Store.TryCommit(commit, Cancellation);
        Assert.Equivalent(commit, await Store.Head(Cancellation), strict: true);
        Assert.Equivalent(commit, (await Store.Find("a", Cancellation))?.Commit, strict: true);
    }

    [Fact]
    public async Task Committing_the_same_submission_again_gives_the_first_release()
    {
        await Store.TryCommit(StoreData.Commit(1, "a", None), Cancellation);
        var again = await Store.TryCommit(StoreData.Commit(2, "a", None, attempt: 2), Cancellation);
        Assert.Equal((CommitOutcome.Committed, 1, 1), (again.Outcome, again.Commit!.Release, again.Commit.Attempt));
        Assert.Equal(1, (await Store.Head(Cancellation))!.Release);
    }

    [Fact]
    public async Task Another_submission_with_the_same_number_loses_the_race()
    {
        await Store.TryCommit(StoreData.Commit(1, "a", None), Cancellation);
        Assert.Equal(CommitOutcome.LostRace, (await Store.TryCommit(StoreData.Commit(1, "b", None), Cancellation)).Outcome);
        Assert.Null(await Store.Find("b", Cancellation));
    }

    [Fact]
    public async Task A_late_writer_cannot_commit_what_housekeeping_gave_up()
    {
        Assert.True(await Store.TryAbandon("a", Cancellation));
        Assert.True(await Store.TryAbandon("a", Cancellation));
        Assert.Equal(CommitOutcome.Abandoned, (await Store.TryCommit(StoreData.Commit(1, "a", None), Cancellation)).Outcome);
        Assert.Null(await Store.Head(Cancellation));
    }

    [Fact]
    public async Task Housekeeping_cannot_give_up_what_is_committed()
    {
        await Store.TryCommit(StoreData.Commit(1, "a", None), Cancellation);
        Assert.False(await Store.TryAbandon("a", Cancellation));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    public async Task Racing_writers_all_commit_once_though_answers_are_lost(int percentLost)
    {
        var chance = new Random(20220120);
        await using var proxy = new StorageProxy(azurite.ConnectionString, request => Judge(request, chance, percentLost));
        var store = StoreAt(proxy.ConnectionString);

        var claimed = (await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => CommitAll(store, $"w{writer}")))).SelectMany(all => all).ToList();

        var log = await Store.CommitsAfter(0, Cancellation).ToListAsync(Cancellation);
        Assert.Equal(Enumerable.Range(1, 40), log.Select(commit => commit.Release));
        Assert.Equal(40, log.Select(commit => commit.SubmissionId).Distinct().Count());
        Assert.Equal(log.Select(commit => (commit.SubmissionId, commit.Release)), claimed.OrderBy(claim => claim.Release));
        Assert.Equal(percentLost > 0, proxy.Harmed > 0);
    }

    private static Fault Judge(StorageRequest request, Random chance, int percentLost)
    {
        lock (chance)
        {
            return request.IsCommit && chance.Next(100) < percentLost ? Fault.DropAnswer : Fault.None;
        }
    }

    private static async Task<List<(string SubmissionId, int Release)>> CommitAll(TableReleaseStore store, string writer)
    {
        List<(string, int)> claims = [];
        while (claims.Count < 5)
        {
            var submissionId = $"{writer}-{claims.Count}";
            var next = ((await store.Head(Cancellation))?.Release ?? 0) + 1;
            var result = await store.TryCommit(StoreData.Commit(next, submissionId, None), Cancellation);
            if (result.Outcome == CommitOutcome.Committed)
            {
                claims.Add((submissionId, result.Commit!.Release));
            }
        }

        return claims;
    }

    private TableReleaseStore StoreAt(string connectionString) =>
        new(new StorageAccount(new Settings { AzureWebJobsStorage = connectionString, StoragePrefix = prefix }, ShortPauses.Between), TimeProvider.System);
}
