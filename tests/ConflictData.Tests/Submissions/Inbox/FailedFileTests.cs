using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;
using ConflictData.Storage;
using ConflictData.Submissions;
using ConflictData.Tests.Faults;
using Microsoft.Extensions.Time.Testing;

namespace ConflictData.Tests.Submissions;

/// <summary>Files of the inbox that cannot be loaded.</summary>
public sealed class FailedFileTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Actors = "Id,Name,Kind\nsdf,SDF,armedGroup\n";

    private readonly FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(10));
    private string prefix = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private InboxStore Store => new(azurite.ConnectionString, prefix);

    private StorageAccount Account => new(new Settings { AzureWebJobsStorage = azurite.ConnectionString, StoragePrefix = prefix });

    /// <summary>A store of its own with a file that nobody has begun with.</summary>
    public async ValueTask InitializeAsync()
    {
        prefix = azurite.NewPrefix();
        await using var app = await Instance.Start(azurite.ConnectionString, prefix);
        await Store.Drop("Actors/a.csv", Actors);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task After_its_last_try_it_lies_in_rejected_with_the_reason_and_can_be_dropped_again()
    {
        await using (var one = await Broken())
        {
            for (var tries = 1; tries < SubmissionLimits.Tries / 2; tries++)
            {
                await Round(one);
            }
        }

        await using var two = await Broken();
        for (var tries = SubmissionLimits.Tries / 2; tries < SubmissionLimits.Tries; tries++)
        {
            await Round(two);
        }

        Assert.Equal((SubmissionLimits.Tries - 1, 1), (await Tries(), (await Store.Names("inbox")).Count));
        await Round(two);

        var report = await Store.Report("rejected", "a.csv.errors");
        Assert.Equal(("failed", "internal"), (report.GetProperty("state").GetString(), report.GetProperty("code").GetString()));
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"after 20 tries, the last of which began at {clock.GetUtcNow():yyyy-MM-dd HH:mm} UTC"), Detail(report));
        Assert.Matches("Why that one failed: Something broke here .*the log has it under the name of the file. Drop the file again", Detail(report));
        Assert.Single(two.InboxLog.Lines, line => line.StartsWith("Gave up Actors/a.csv of the inbox after 20 tries. ", StringComparison.Ordinal));
        Assert.Equal(500, (await two.Log.Find(report.GetProperty("id").GetString()!, Cancellation))!.Answer!.Status);
        Assert.Empty(await Store.Names("inbox"));
        Assert.Empty(await Store.Names("archive"));

        await Store.Drop("Actors/a.csv", Actors);
        await using var app = Next();
        await Round(app);
        Assert.Equal(1, await app.Releases());
    }

    [Fact]
    public async Task After_a_failed_try_the_next_one_waits()
    {
        await using var app = await Broken();
        await app.Inbox.Run(Cancellation);
        await app.Inbox.Run(Cancellation);
        Assert.Equal(1, await Tries());
        clock.Advance(app.Log.Silence);
        await app.Inbox.Run(Cancellation);
        Assert.Equal(2, await Tries());
        clock.Advance(app.Log.Silence);
        await app.Inbox.Run(Cancellation);
        Assert.Equal(2, await Tries());
    }

    [Fact]
    public async Task Storage_that_does_not_answer_costs_no_try()
    {
        await Fail(SubmissionLimits.Tries - 1);
        await using var broken = new StorageProxy(azurite.ConnectionString, request => IsOfPayload(request) ? Fault.Reset : Fault.None);
        await using var app = Next(broken.ConnectionString);
        await Round(app);
        await Round(app);
        Assert.Equal(2, app.InboxLog.Lines.Count(line => line.Contains("could not be loaded", StringComparison.Ordinal)));
        Assert.Equal(SubmissionLimits.Tries - 1, await Tries());

        await using var next = Next();
        await Round(next);
        Assert.Equal("committed", (await Store.Report("archive", "a.csv")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task An_outage_of_all_storage_in_the_middle_of_the_work_costs_no_try_once_it_is_over()
    {
        var (isDown, wasDown) = (false, false);
        await using var shaky = new StorageProxy(azurite.ConnectionString, request =>
        {
            isDown |= IsOfPayload(request) && !wasDown;
            return isDown ? Fault.Reset : Fault.None;
        });
        await using var app = Next(shaky.ConnectionString);
        await Die(app);
        Assert.Equal(1, await Tries());

        (isDown, wasDown) = (false, true);
        await app.Inbox.Run(Cancellation);
        Assert.Equal(0, await Tries());
        await Round(app);
        Assert.Equal((1, 0), (await app.Releases(), (await Store.Names("inbox")).Count));
    }

    [Fact]
    public async Task What_ends_every_instance_that_works_on_it_ends_too()
    {
        await using (var cut = new CutOff(azurite.ConnectionString, (request, _) => IsOfPayload(request)))
        {
            await using var dying = Next(cut.ConnectionString);
            await Die(dying);
        }

        Assert.Equal(1, await Tries());
        await Fail(SubmissionLimits.Tries);
        await using var next = Next();
        await Round(next);
        Assert.Contains("The instance that worked on it ended before it was done.", Detail(await Store.Report("rejected", "a.csv.errors")));
        Assert.Equal(0, await next.Releases());
    }

    [Fact]
    public async Task What_is_committed_is_never_rejected()
    {
        await using (var cut = new CutOff(azurite.ConnectionString, (request, _) => request.IsWrite && request.Text.Contains("/report.json", StringComparison.Ordinal)))
        {
            await using var dying = Next(cut.ConnectionString);
            await Die(dying);
        }

        await Fail(SubmissionLimits.Tries);
        await using var next = Next();
        await Round(next);
        Assert.Equal("committed", (await Store.Report("archive", "a.csv")).GetProperty("state").GetString());
        Assert.Equal(1, await next.Releases());
        Assert.Empty(await Store.Names("rejected"));
    }

    /// <param name="isReading">True: before it has begun a submission; false: before it commits.</param>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_is_only_slow_cannot_commit_what_another_has_given_up(bool isReading)
    {
        var (held, go, looks) = (new TaskCompletionSource(), new TaskCompletionSource(), 0);
        await using var slow = new StorageProxy(azurite.ConnectionString, async (request, now) =>
        {
            // Once it is looked whether the file is known, and once before a submission is begun.
            var isHere = now == Moment.Arrived && (isReading ? IsOfKey(request) && ++looks == 2 : request.IsCommit);
            if (isHere && held.TrySetResult())
            {
                await go.Task;
            }

            return Fault.None;
        });
        await using var first = Next(slow.ConnectionString);
        var working = first.Inbox.Run(Cancellation);
        await held.Task.WaitAsync(Cancellation);

        await Fail(SubmissionLimits.Tries);
        await using var second = Next(ahead: 40 * first.Log.Silence);
        await second.Inbox.Run(Cancellation);
        Assert.Equal("failed", (await Store.Report("rejected", "a.csv.errors")).GetProperty("state").GetString());
        go.SetResult();
        await working;
        Assert.Equal(0, await second.Releases());
        Assert.Empty(await Store.Names("archive"));
        Assert.Empty(await Store.Names("inbox"));
    }

    /// <summary>Every request to storage is once the last.</summary>
    [Fact]
    public async Task Wherever_the_one_who_gives_it_up_dies_the_next_one_gives_it_up()
    {
        var deaths = 0;
        for (var (last, isOver) = (0, false); !isOver; last++)
        {
            var left = last;
            await using (var app = await Broken())
            {
                await Round(app);
                await Fail(SubmissionLimits.Tries);
            }

            await using var cut = new CutOff(azurite.ConnectionString, (_, now) => now == Moment.Arrived && Interlocked.Decrement(ref left) < 0);
            await using var dying = Next(cut.ConnectionString, 30 * TimeSpan.FromMinutes(1));
            var round = dying.Inbox.Run(Cancellation);
            isOver = await Task.WhenAny(round, cut.Done) == round && !cut.Done.IsCompleted;
            deaths++;

            await using var next = Next(ahead: 70 * TimeSpan.FromMinutes(1));
            await next.Inbox.Run(Cancellation);
            Assert.Equal("failed", (await Store.Report("rejected", "a.csv.errors")).GetProperty("state").GetString());
            Assert.Equal((0, 0, 0), (await next.Releases(), (await Store.Names("inbox")).Count, (await Store.Names("archive")).Count));
            await InitializeAsync();
        }

        Assert.True(deaths > 5, $"It was cut off at {deaths} requests only.");
    }

    private static bool IsOfPayload(StorageRequest request) => !request.IsOfTables && request.IsWrite && request.Text.Contains("/payload", StringComparison.Ordinal);

    private static bool IsOfKey(StorageRequest request) =>
        request.IsOfTables && request.Text.StartsWith("GET ", StringComparison.Ordinal) && request.Text.Split('\n')[0] is var line && line.Contains("k.", StringComparison.Ordinal) && line.Contains("'key'", StringComparison.Ordinal);

    private static string Detail(JsonElement report) => report.GetProperty("detail").GetString()!;

    private static Task Die(Instance app) => app.Inbox.Run(Cancellation).ContinueWith(_ => { }, TaskScheduler.Default);

    /// <summary>An instance whose engine has lost a table, so that every try fails.</summary>
    private async Task<Instance> Broken()
    {
        var app = Next();
        await app.Releases();
        await app.Engine.Session(
            connection =>
            {
                using var command = connection.CreateCommand();
                command.CommandText = "DROP TABLE \"Actors\"";
                return command.ExecuteNonQuery();
            },
            Cancellation);
        return app;
    }

    private async Task Round(Instance app)
    {
        clock.Advance(60 * app.Log.Silence);
        await app.Inbox.Run(Cancellation);
    }

    private async Task<int?> Tries() => (await Account.Table("Submissions").GetEntityAsync<TableEntity>(await Partition(), "tries", cancellationToken: Cancellation)).Value.GetInt32("Tries");

    /// <summary>As if it had been tried so often, the last time just now.</summary>
    private async Task Fail(int tries) => await Account.Table("Submissions").UpsertEntityAsync(
        new TableEntity(await Partition(), "tries") { ["Tries"] = tries, ["BeganAt"] = clock.GetUtcNow() }, TableUpdateMode.Merge, Cancellation);

    private async Task<string> Partition() =>
        SubmissionRows.KeyPartition(InboxFile.Owner, (await new InboxFiles(Account, clock).After("", Cancellation).SingleAsync(Cancellation)).IdempotencyKey);

    private Instance Next(string? storage = null, TimeSpan ahead = default) =>
        new(storage ?? azurite.ConnectionString, prefix, ahead == default ? clock : new FakeTimeProvider(clock.GetUtcNow() + ahead));
}
