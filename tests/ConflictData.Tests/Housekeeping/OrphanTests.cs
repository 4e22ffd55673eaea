using System.Text;
using Azure.Data.Tables;
using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.Housekeeping;
using ConflictData.Query;
using ConflictData.Releases;
using ConflictData.Storage;
using ConflictData.Submissions;
using ConflictData.Tests.Releases;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ConflictData.Tests.Housekeeping;

/// <summary>What is left behind by workers that died, were too slow, or lost; on real tables.</summary>
public sealed class OrphanTests : IAsyncLifetime
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private readonly FakeTimeProvider later = new(TimeProvider.System.GetUtcNow() + Day + TimeSpan.FromMinutes(1));
    private readonly LogLines<Orphans> lines = new();
    private readonly Settings settings;
    private readonly StorageAccount account;
    private readonly TableReleaseStore store;
    private readonly SubmissionLog log;
    private readonly Engine engine;

    public OrphanTests(AzuriteFixture azurite)
    {
        settings = new Settings { AzureWebJobsStorage = azurite.ConnectionString, StoragePrefix = azurite.NewPrefix() };
        account = new(settings);
        store = new(account, TimeProvider.System);
        log = new(account, settings, TimeProvider.System);
        engine = new(settings, TimeProvider.System);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await store.EnsureCreated(Cancellation);

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Theory]
    [InlineData(Step.WriteRevisions)]
    [InlineData(Step.TryCommit)]
    public async Task A_writer_that_was_suspended_for_too_long_loses_and_leaves_nothing(Step stoppedBefore)
    {
        var held = new HeldStore(store, stoppedBefore);
        using var follower = new ReleaseFollower(store, engine, settings, TimeProvider.System);
        var sending = Submit(new(held, log, engine, follower, new(held, log, engine, follower, new(), TimeProvider.System, NullLogger<LongSubmissions>.Instance), new(), TimeProvider.System));
        await held.Reached.WaitAsync(Cancellation);
        Assert.Equal(stoppedBefore == Step.TryCommit ? 2 : 0, await Count("Revisions"));

        await Task.WhenAll(Round(), Round());

        Assert.Equal(0, await Count("Revisions"));
        held.GoOn();
        var late = (await sending).Error;
        Assert.Equal(ErrorCode.Conflict, late?.Code);
        Assert.Contains("was given up by another worker", late!.Detail);
        Assert.Null(await store.Head(Cancellation));

        // The key is free again, and what the late one wrote goes with the next day.
        Assert.Equal(201, (await Submit(new(store, log, engine, follower, new(store, log, engine, follower, new(), TimeProvider.System, NullLogger<LongSubmissions>.Instance), new(), TimeProvider.System))).Value?.Status);
        Assert.Equal(1, (await store.Head(Cancellation))?.Release);
        later.Advance(Day);
        await Round();
        Assert.Equal(2, await Count("Revisions"));
        Assert.Equal(2, (await store.Revisions((await store.Head(Cancellation))!, Redactions.None, Cancellation)).Revisions.Count);
        Assert.Equal(0, await Count("Submissions", "PartitionKey eq 'open'"));
        Assert.Single(lines.All, line => line.StartsWith("Warning: Gave up the submission", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Attempts_that_lost_are_removed_and_the_one_that_counts_stays()
    {
        var rows = StoreData.Rows("Places", 1205);
        await store.WriteRevisions("a", 1, rows, Cancellation);
        await store.WriteRevisions("a", 12, rows, Cancellation);
        await store.WriteRevisions("ab", 1, rows[..3], Cancellation);
        await log.BeginWriting(new("a", 12), Cancellation);
        await store.TryCommit(StoreData.Commit(1, "a", rows, attempt: 12), Cancellation);

        await Task.WhenAll(Round(), Round());

        Assert.Equal(1205 + 3, await Count("Revisions"));
        Assert.Equal(1205, (await store.Revisions((await store.Head(Cancellation))!, Redactions.None, Cancellation)).Revisions.Count);
        Assert.Empty(lines.All);
    }

    [Fact]
    public async Task What_began_less_than_a_day_ago_is_left_alone()
    {
        var attempt = Assert.IsType<Reservation.Granted>(await log.Reserve("partner", "key", "00", null, Cancellation)).Attempt;
        await log.BeginWriting(attempt, Cancellation);
        await store.WriteRevisions(attempt.SubmissionId, 1, StoreData.Rows("Places", 2), Cancellation);

        await new Orphans(new(account, TimeProvider.System), store, settings, TimeProvider.System, lines).Run(Cancellation);

        Assert.Equal(2, await Count("Revisions"));
        Assert.True(await log.Touch(attempt, default, Cancellation));
    }

    [Fact]
    public async Task A_round_that_was_broken_off_is_ended_by_the_next()
    {
        var attempt = Assert.IsType<Reservation.Granted>(await log.Reserve("partner", "key", "00", null, Cancellation)).Attempt;
        await log.BeginWriting(attempt, Cancellation);
        await store.WriteRevisions(attempt.SubmissionId, 1, StoreData.Rows("Places", 2), Cancellation);
        Assert.True(await store.TryAbandon(attempt.SubmissionId, Cancellation));
        Assert.True(await new UnfinishedSubmissions(account, later).Abandon(attempt.SubmissionId, Cancellation));

        await Round();

        Assert.Equal(0, await Count("Revisions"));
        Assert.Equal(0, await Count("Submissions", "PartitionKey eq 'open'"));
        Assert.Equal(SubmissionState.Abandoned, (await log.Find(attempt.SubmissionId, Cancellation))!.State);
    }

    [Fact]
    public async Task What_is_promised_is_not_given_up()
    {
        var attempt = Assert.IsType<Reservation.Granted>(await log.Reserve("partner", "key", "00", null, Cancellation)).Attempt;
        Assert.True(await log.Promise(attempt, new SubmissionRequest { Owner = "partner", ContentType = "text/csv", Body = Stream.Null }, Cancellation));

        await Round();

        Assert.Equal(SubmissionState.Received, (await log.Find(attempt.SubmissionId, Cancellation))!.State);
        Assert.Equal(1, await Count("Submissions", "PartitionKey eq 'open'"));
    }

    [Fact]
    public async Task Keys_that_have_expired_are_forgotten_and_all_others_hold()
    {
        foreach (var (key, life) in new (string, TimeSpan?)[] { ("derived", SubmissionLog.DerivedKeyLife), ("longer", Day * 3), ("given", null) })
        {
            var attempt = Assert.IsType<Reservation.Granted>(await log.Reserve("partner", key, "00", life, Cancellation)).Attempt;
            await log.Complete(attempt, new(201, Encoding.UTF8.GetBytes("{}")), Cancellation);
        }

        await new ExpiredKeys(new(account, later)).Run(Cancellation);

        Assert.Equal(2, await Count("Submissions", "RowKey eq 'key'"));
        Assert.IsType<Reservation.Finished>(await log.Reserve("partner", "longer", "00", null, Cancellation));
        Assert.IsType<Reservation.Finished>(await log.Reserve("partner", "given", "00", null, Cancellation));
        Assert.IsType<Reservation.Granted>(await log.Reserve("partner", "derived", "00", null, Cancellation));
    }

    private Task Round() => new Orphans(new(account, later), store, settings, later, lines).Run(Cancellation);

    private static Task<Result<SubmissionAnswer>> Submit(SubmissionService service) => service.Submit(
        new SubmissionRequest
        {
            Owner = "partner",
            Dataset = Catalog.Get("Sources"),
            ContentType = "text/csv",
            IdempotencyKey = "key",
            Body = new MemoryStream(Encoding.UTF8.GetBytes("Id,Title,Kind\r\na,A,report\r\nb,B,report\r\n")),
        },
        Cancellation);

    private ValueTask<int> Count(string table, string? filter = null) => account.Table(table).QueryAsync<TableEntity>(filter, cancellationToken: Cancellation).CountAsync(Cancellation);
}
