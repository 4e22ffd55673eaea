using ConflictData.Access;
using ConflictData.Api;
using ConflictData.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ConflictData.Tests.Access;

/// <summary>Keys whose making is asked for again, in storage.</summary>
public sealed class KeyMakerTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Again = "nightly \"refresh\" 7";

    private static readonly KeyOrder Order = new("A key", "partner", Scopes.Read, ["Arrests"], Door.Start.AddYears(1));

    private readonly string prefix = azurite.NewPrefix();
    private readonly FakeTimeProvider clock = new(Door.Start);

    private TableKeyStore Store => new(Account);

    private StorageAccount Account => new(new Settings { AzureWebJobsStorage = azurite.ConnectionString, StoragePrefix = prefix });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await Account.EnsureCreated(Cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_call_that_is_sent_again_makes_the_secret_of_its_key_anew_and_no_other_key()
    {
        var first = await Made();
        clock.Advance(IdempotencyKey.OnItsWay);
        var again = await Made();

        Assert.Equal(first.Key.Id, again.Key.Id);
        Assert.NotEqual(first.Key.Secret, again.Key.Secret);
        Assert.Equal(again.Key.SecretHash(), Assert.Single(await Store.After("", 10, Cancellation)).SecretHash);
        Assert.Equal(first.Record.ExpiresAt, again.Record.ExpiresAt);
    }

    [Fact]
    public async Task Without_a_key_or_under_another_or_by_another_owner_each_call_makes_its_own()
    {
        var ids = new[] { await Made(), await Made(by: "another"), await Made(idempotencyKey: "other"), await Made(idempotencyKey: null), await Made(idempotencyKey: null) }.Select(made => made.Key.Id);
        Assert.Equal(5, ids.Distinct().Count());
    }

    [Fact]
    public async Task A_second_call_that_comes_while_the_answer_to_the_first_may_be_on_its_way_leaves_its_secret()
    {
        var calls = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Make()));
        var made = Assert.Single(calls, call => call.Succeeded(out _, out _)).Value!;
        Assert.All(calls.Where(call => call.Error is not null), call => Assert.Equal((ErrorCode.InProgress, 5), (call.Error!.Code, call.Error.RetryAfter)));
        Assert.Equal(made.Key.SecretHash(), (await Store.Find(made.Key.Id, Cancellation))!.SecretHash);
    }

    [Fact]
    public async Task Of_calls_that_are_sent_again_at_the_same_time_the_one_that_is_answered_has_the_secret()
    {
        await Made();
        clock.Advance(IdempotencyKey.OnItsWay);
        var calls = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Make()));
        var made = Assert.Single(calls, call => call.Succeeded(out _, out _)).Value!;
        Assert.Equal(made.Key.SecretHash(), (await Store.Find(made.Key.Id, Cancellation))!.SecretHash);
    }

    [Fact]
    public async Task A_key_that_was_used_keeps_its_secret()
    {
        var made = await Made();
        await Store.Used(made.Key.Id, clock.GetUtcNow(), Cancellation);
        await Refused(ErrorCode.Conflict, $"the key {made.Key.Id}, which was used since");
        Assert.Equal(made.Key.SecretHash(), (await Store.Find(made.Key.Id, Cancellation))!.SecretHash);
    }

    [Fact]
    public async Task A_key_that_has_ended_does_not_come_back()
    {
        var made = await Made();
        await Store.Change(made.Key.Id, key => key with { RevokedAt = clock.GetUtcNow(), RevokedBy = "admin" }, Cancellation);
        await Refused(ErrorCode.Conflict, "which is revoked");
        Assert.Equal("revoked", (await Store.Find(made.Key.Id, Cancellation))!.State(clock.GetUtcNow()));
    }

    [Fact]
    public async Task A_call_for_another_key_is_none_that_is_sent_again()
    {
        var made = await Made();
        KeyOrder[] others =
        [
            Order with { Name = "Another" }, Order with { Owner = "another" }, Order with { Scopes = Scopes.All }, Order with { Datasets = null }, Order with { ExpiresAt = null },
        ];
        foreach (var other in others)
        {
            await Refused(ErrorCode.IdempotencyMismatch, made.Key.Id, other);
        }
    }

    [Fact]
    public async Task A_secret_that_was_made_anew_elsewhere_opens_at_once_though_the_first_is_known_here()
    {
        using var door = new Door();
        var key = door.Make();
        Assert.Equal(401, await door.Status(new KeyText(key.Id, KeyText.Make().Secret).Reveal()));
        var again = KeyText.Make(key.Id);
        door.Store[key.Id] = door.Store[key.Id] with { SecretHash = again.SecretHash() };

        Assert.Equal(200, await door.Status(again.Reveal()));
        Assert.Equal(401, await door.Status(key.Reveal()));
        var looks = door.Store.Looks;
        Assert.Equal(401, await door.Status(key.Reveal()));
        Assert.Equal(looks, door.Store.Looks);
    }

    [Fact]
    public async Task Whoever_guessed_too_often_costs_no_look_into_storage_for_a_key_that_was_never_used()
    {
        using var door = new Door(new Settings { FailedKeysPerMinute = 3 });
        var wrong = KeyText.Make(door.Make().Id).Reveal();
        for (var tries = 0; tries < 10; tries++)
        {
            await door.Status(wrong);
        }

        Assert.InRange(door.Store.Looks, 2, 4);
    }

    private Task<Result<MadeKey>> Make(KeyOrder? order = null, string by = "admin", string? idempotencyKey = Again) =>
        new KeyMaker(Store, new KnownKeys(Store, new Settings(), clock, NullLogger<KnownKeys>.Instance), clock).Make(order ?? Order, by, null, idempotencyKey);

    private async Task<MadeKey> Made(string by = "admin", string? idempotencyKey = Again)
    {
        Assert.True((await Make(by: by, idempotencyKey: idempotencyKey)).Succeeded(out var made, out var error), error?.Detail);
        return made;
    }

    private async Task Refused(ErrorCode code, string why, KeyOrder? order = null)
    {
        clock.Advance(IdempotencyKey.OnItsWay);
        Assert.False((await Make(order)).Succeeded(out _, out var error));
        Assert.Equal(code, error.Code);
        Assert.Contains(why, error.Detail, StringComparison.Ordinal);
    }
}
