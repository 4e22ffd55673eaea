using ConflictData.Storage;
using ConflictData.Tests.Faults;
using ConflictData.Webhooks;

namespace ConflictData.Tests.Webhooks;

/// <summary>Webhooks in storage.</summary>
public sealed class TableWebhookStoreTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, 123, TimeSpan.Zero);

    private readonly string prefix = azurite.NewPrefix();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await Account(azurite.ConnectionString).EnsureCreated(Cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task One_comes_back_as_it_went()
    {
        var store = Store();
        var whole = WebhookScene.Webhook(told: 7) with
        {
            HasOwnSecret = true, Call = "c",
            Datasets = ["Arrests", "Places"], ToldAt = Start, Failures = 3, FailingSince = Start.AddHours(1), Trouble = "It answered 500.",
            NextTry = Start.AddHours(2), Turn = "a", TurnEnds = Start.AddMinutes(1),
        };
        await store.Add(whole, Cancellation);
        await store.Add(WebhookScene.Webhook(id: "bare"), Cancellation);
        Assert.Equivalent(whole, (await store.Find("hook", Cancellation))!.Webhook, strict: true);
        Assert.Equal(["bare", "hook"], (await store.All(Cancellation)).Select(found => found.Webhook.Id));
        Assert.DoesNotContain(whole.Secret, $"{whole}");

        await store.Remove("hook", Cancellation);
        await store.Remove("hook", Cancellation);
        Assert.Null(await store.Find("hook", Cancellation));
    }

    [Fact]
    public async Task Of_several_of_one_id_the_first_is_kept_and_all_are_told_which()
    {
        var store = Store();
        var added = await Task.WhenAll(Enumerable.Range(0, 8).Select(call => store.Add(WebhookScene.Webhook() with { Call = $"c{call}" }, Cancellation)));
        var kept = Assert.Single(await store.All(Cancellation)).Webhook;
        Assert.All(added, one => Assert.Equal((kept.Call, kept.Secret), (one.Call, one.Secret)));
    }

    [Fact]
    public async Task Only_the_first_of_those_who_read_the_same_changes_it()
    {
        var store = Store();
        await store.Add(WebhookScene.Webhook(), Cancellation);
        var read = (await store.Find("hook", Cancellation))!;
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(turn => store.Replace(read, read.Webhook with { Turn = $"t{turn}" }, Cancellation)));
        var winner = Assert.Single(taken, one => one is not null)!;
        Assert.Equal(winner.Webhook.Turn, (await store.Find("hook", Cancellation))!.Webhook.Turn);

        var next = await store.Replace(winner, winner.Webhook with { Told = 1 }, Cancellation);
        Assert.NotNull(await store.Replace(next!, next!.Webhook with { Told = 2 }, Cancellation));
        await store.Remove("hook", Cancellation);
        Assert.Null(await store.Replace(next, next.Webhook, Cancellation));
    }

    [Theory]
    [InlineData(Fault.DropAnswer)]
    [InlineData(Fault.Reset)]
    public async Task One_is_made_and_changed_though_the_first_answer_is_lost(Fault fault)
    {
        var (posts, puts) = (0, 0);
        await using var proxy = new StorageProxy(azurite.ConnectionString, request =>
            (request.Text.StartsWith("POST ", StringComparison.Ordinal) && Interlocked.Increment(ref posts) == 1)
            || (request.Text.StartsWith("PUT ", StringComparison.Ordinal) && Interlocked.Increment(ref puts) == 1) ? fault : Fault.None);
        var far = new TableWebhookStore(Account(proxy.ConnectionString));
        await far.Add(WebhookScene.Webhook(), Cancellation);
        var read = (await far.Find("hook", Cancellation))!;
        var written = await far.Replace(read, read.Webhook with { Turn = "mine" }, Cancellation);
        Assert.Equal("mine", (await Store().Find("hook", Cancellation))!.Webhook.Turn);
        Assert.NotNull(await far.Replace(written!, written!.Webhook with { Told = 1 }, Cancellation));
        Assert.True(posts > 1 && puts > 1);
    }

    private TableWebhookStore Store() => new(Account(azurite.ConnectionString));

    private StorageAccount Account(string connectionString) => new(new Settings { AzureWebJobsStorage = connectionString, StoragePrefix = prefix });
}
