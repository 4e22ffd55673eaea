using ConflictData.Access;
using ConflictData.Storage;
using ConflictData.Tests.Faults;

namespace ConflictData.Tests.Access;

/// <summary>Keys in storage.</summary>
public sealed class TableKeyStoreTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, 123, TimeSpan.Zero);

    private readonly string prefix = azurite.NewPrefix();

    private StorageAccount Account => new(new Settings { AzureWebJobsStorage = azurite.ConnectionString, StoragePrefix = prefix });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await Account.EnsureCreated(Cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_key_comes_back_as_it_went_and_its_secret_is_nowhere()
    {
        var store = new TableKeyStore(Account);
        var (key, made) = Make("Refresh of \"الحسكة\"", ["Arrests", "Places"], Start.AddYears(1));
        await store.Add(made with { Replaces = "old" }, Cancellation);

        Assert.Equivalent(made with { Replaces = "old" }, await store.Find(key.Id, Cancellation), strict: true);
        var row = await Account.Table("Keys").GetEntityAsync<Azure.Data.Tables.TableEntity>("keys", key.Id, cancellationToken: Cancellation);
        Assert.DoesNotContain(row.Value.Select(column => column.Value), value => value is string text && text.Contains(key.Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keys_are_listed_piece_by_piece_in_the_order_of_their_ids()
    {
        var store = new TableKeyStore(Account);
        foreach (var _ in Enumerable.Range(0, 7))
        {
            await store.Add(Make().Record, Cancellation);
        }

        var ids = new List<string>();
        while (await store.After(ids.LastOrDefault() ?? "", 3, Cancellation) is { Count: > 0 } piece)
        {
            ids.AddRange(piece.Select(key => key.Id));
        }

        Assert.Equal(7, ids.Distinct().Count());
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
    }

    [Fact]
    public async Task A_revocation_stands_whatever_is_noted_and_changed_at_the_same_time()
    {
        var store = new TableKeyStore(Account);
        var (key, record) = Make();
        await store.Add(record, Cancellation);

        await Task.WhenAll(
        [
            store.Change(key.Id, last => last with { RevokedAt = Start.AddHours(1), RevokedBy = "admin" }, Cancellation),
            .. Enumerable.Range(1, 8).Select(minutes => store.Change(key.Id, last => last with { ExpiresAt = Start.AddMinutes(minutes) }, Cancellation)),
            .. Enumerable.Range(1, 8).Select(minutes => store.Used(key.Id, Start.AddMinutes(minutes), Cancellation)),
        ]);

        var found = (await store.Find(key.Id, Cancellation))!;
        Assert.Equal((Start.AddHours(1), "admin", true, true), (found.RevokedAt!.Value, found.RevokedBy, found.ExpiresAt is not null, found.LastUsedAt is not null));
    }

    [Theory]
    [InlineData(Fault.DropAnswer)]
    [InlineData(Fault.Reset)]
    public async Task A_key_is_made_and_revoked_once_though_the_first_answer_is_lost(Fault fault)
    {
        var (posts, puts) = (0, 0);
        await using var proxy = new StorageProxy(azurite.ConnectionString, request =>
            (request.Text.StartsWith("POST ", StringComparison.Ordinal) && Interlocked.Increment(ref posts) == 1)
            || (request.Text.StartsWith("PUT ", StringComparison.Ordinal) && Interlocked.Increment(ref puts) == 1) ? fault : Fault.None);
        var far = new TableKeyStore(new(new Settings { AzureWebJobsStorage = proxy.ConnectionString, StoragePrefix = prefix }));
        var (key, record) = Make();

        await far.Add(record, Cancellation);
        await far.Change(key.Id, last => last.RevokedAt is null ? last with { RevokedAt = Start } : last, Cancellation);

        Assert.Equal(Start, (await new TableKeyStore(Account).Find(key.Id, Cancellation))!.RevokedAt);
        Assert.True(posts > 1 && puts > 0);
    }

    [Fact]
    public async Task Of_many_that_take_a_key_s_place_at_once_one_is_kept_and_named()
    {
        var store = new TableKeyStore(Account);
        var (key, record) = Make();
        await store.Add(record, Cancellation);
        var wanted = Enumerable.Range(0, 8).Select(_ => Make().Record with { Replaces = key.Id }).ToList();
        var ended = await Task.WhenAll(wanted.Select(made => store.Rotate(made, Ending(made), Cancellation)).Append(Noted()));

        var won = Assert.Single(ended.OfType<KeyRecord>());
        var kept = await store.After("", 100, Cancellation);
        Assert.Equal(new[] { key.Id, won.ReplacedBy! }.Order(StringComparer.Ordinal), kept.Select(one => one.Id));
        Assert.Equal(won.ReplacedBy, (await store.Find(key.Id, Cancellation))!.ReplacedBy);

        async Task<KeyRecord?> Noted()
        {
            await store.Used(key.Id, Start, Cancellation);
            return null;
        }
    }

    [Theory]
    [InlineData(Fault.DropAnswer)]
    [InlineData(Fault.Reset)]
    public async Task A_key_is_rotated_once_though_the_first_answer_is_lost(Fault fault)
    {
        var batches = 0;
        await using var proxy = new StorageProxy(azurite.ConnectionString, request =>
            request.Text.Contains("$batch", StringComparison.Ordinal) && Interlocked.Increment(ref batches) == 1 ? fault : Fault.None);
        var far = new TableKeyStore(new(new Settings { AzureWebJobsStorage = proxy.ConnectionString, StoragePrefix = prefix }));
        var (key, record) = Make();
        await far.Add(record, Cancellation);
        var made = Make().Record with { Replaces = key.Id };

        Assert.Equal(made.Id, (await far.Rotate(made, Ending(made), Cancellation))?.ReplacedBy);
        Assert.Equal(2, (await new TableKeyStore(Account).After("", 100, Cancellation)).Count);
        Assert.True(batches > 1);
    }

    private static Func<KeyRecord, KeyRecord?> Ending(KeyRecord made) => last => last.ReplacedBy is null ? last with { ReplacedBy = made.Id } : null;

    [Fact]
    public async Task There_is_no_key_to_find_or_change_where_none_was_made()
    {
        var store = new TableKeyStore(Account);
        Assert.Null(await store.Find("nobody", Cancellation));
        Assert.Null(await store.Change("nobody", key => key with { Name = "x" }, Cancellation));
    }

    private static (KeyText Key, KeyRecord Record) Make(string name = "A key", string[]? datasets = null, DateTimeOffset? expires = null) =>
        new KeyOrder(name, "partner", Scopes.Read | Scopes.Contribute, datasets, expires).Make(Start, "admin");
}
