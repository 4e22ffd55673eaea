using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using ConflictData.Storage;
using ConflictData.Submissions;
using ConflictData.Tests.Faults;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace ConflictData.Tests.Submissions;

/// <summary>Promised submissions that cannot be finished.</summary>
public sealed class FailedPromiseTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Actors = "Id,Name,Kind\nsdf,SDF,armedGroup\n";

    private string prefix = "";
    private readonly WatchedClock clock = new(TimeProvider.System.GetUtcNow());
    private string id = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private StorageAccount Account => new(new Settings { AzureWebJobsStorage = azurite.ConnectionString, StoragePrefix = prefix });

    /// <summary>A submission that is promised in a store of its own, and that nobody has begun with.</summary>
    public async ValueTask InitializeAsync()
    {
        prefix = azurite.NewPrefix();
        await using var stopped = await Instance.Start(azurite.ConnectionString, prefix);
        await stopped.LongOnes.StopAsync(Cancellation);
        var report = await stopped.Report(202, "Actors", Actors, request => request with { EarlyAnswer = EarlyAnswer.Always, IdempotencyKey = "my-key" });
        id = report.GetProperty("id").GetString()!;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task After_its_last_try_it_ends_with_the_reason_its_payload_is_kept_and_its_key_is_free()
    {
        await Lose();
        await using var app = Next();
        for (var tries = 1; tries < SubmissionLimits.Tries; tries++)
        {
            await Resume(app);
        }

        var waiting = await app.Log.Find(id, Cancellation);
        Assert.Equal((true, "Something broke here (InvalidDataException); the log has it under the id of the submission."), (waiting!.IsOpen, waiting.Failure));
        Assert.DoesNotContain(app.LongLog.Lines, line => line.Level == LogLevel.Error);
        await Resume(app);

        var report = Report(await app.Log.Find(id, Cancellation));
        Assert.Equal((id, "failed", "internal", JsonValueKind.Null), (Text(report, "id"), Text(report, "state"), Text(report, "code"), report.GetProperty("release").ValueKind));
        Assert.Contains("after 20 tries", Text(report, "detail"));
        Assert.Contains(waiting.Failure!, Text(report, "detail"));
        Assert.Contains($"Gave up the promised submission {id} after 20 tries.", Assert.Single(app.LongLog.Lines, line => line.Level == LogLevel.Error).Text);
        await using (var payload = (await app.Log.OpenPayload(id, Cancellation))!.Content)
        {
            Assert.Equal(Actors, await new StreamReader(payload, Encoding.UTF8).ReadToEndAsync(Cancellation));
        }

        await Resume(app);
        Assert.Equal(0, await app.Releases());
        Assert.Equal(1, (await app.Report(201, "Actors", Actors, request => request with { IdempotencyKey = "my-key" })).GetProperty("release").GetInt32());
    }

    [Fact]
    public async Task Storage_that_does_not_answer_costs_no_try()
    {
        await Set("Tries", SubmissionLimits.Tries - 1);
        var harmed = 0;
        await using var broken = new StorageProxy(azurite.ConnectionString, request =>
            request.Text.Contains($"{id}/payload", StringComparison.Ordinal) && Interlocked.Increment(ref harmed) > 0 ? Fault.Reset : Fault.None);
        await using var app = Next(broken.ConnectionString);
        await Resume(app);
        await Resume(app);
        await Resume(app);
        Assert.True(harmed >= 3);
        Assert.Equal(SubmissionLimits.Tries - 1, (await State()).GetInt32("Tries"));

        await using var next = Next();
        await Resume(next);
        Assert.Equal("committed", Text(Report(await next.Log.Find(id, Cancellation)), "state"));
    }

    [Fact]
    public async Task An_outage_of_all_storage_in_the_middle_of_the_work_costs_no_try_once_it_is_over()
    {
        var isDown = false;
        await using var shaky = new StorageProxy(azurite.ConnectionString, request =>
        {
            isDown |= request.Text.Contains($"{id}/payload", StringComparison.Ordinal) && !isDown;
            return isDown ? Fault.Reset : Fault.None;
        });
        await using var app = Next(shaky.ConnectionString);
        clock.Advance(30 * app.Log.Silence);
        clock.Awaited = app.Log.Silence / 4;
        var resumed = app.LongOnes.Resume(Cancellation);
        // The work was interrupted, and so was the first attempt to say that this costs no try.
        await clock.Waits.WaitAsync(Cancellation);

        Assert.Equal(1, (await State()).GetInt32("Tries"));
        isDown = false;
        clock.Advance(app.Log.Silence / 4);
        await resumed;
        Assert.Equal(0, (await State()).GetInt32("Tries"));
    }

    [Fact]
    public async Task What_ends_every_instance_that_works_on_it_ends_too()
    {
        await using (var cut = new CutOff(azurite.ConnectionString, (request, _) => request.Text.Contains($"{id}/payload", StringComparison.Ordinal)))
        {
            await using var dying = Next(cut.ConnectionString);
            clock.Advance(30 * dying.Log.Silence);
            _ = dying.LongOnes.Resume(Cancellation);
            await cut.Done;
        }

        Assert.Equal(1, (await State()).GetInt32("Tries"));

        // Why an earlier one failed says nothing of the last.
        await Set("Failure", "It was another one.");
        await Set("FailedTry", 2);
        await Set("Tries", SubmissionLimits.Tries);
        await using var next = Next();
        await Resume(next);
        Assert.Contains("The instance that worked on it ended before it was done.", Text(Report(await next.Log.Find(id, Cancellation)), "detail"));
        Assert.Equal(0, await next.Releases());
    }

    [Fact]
    public async Task What_is_committed_is_never_failed()
    {
        await using (var cut = new CutOff(azurite.ConnectionString, (request, _) => request.IsWrite && request.Text.Contains($"{id}/report.json", StringComparison.Ordinal)))
        {
            await using var dying = Next(cut.ConnectionString);
            clock.Advance(30 * dying.Log.Silence);
            _ = dying.LongOnes.Resume(Cancellation);
            await cut.Done;
        }

        await Set("Tries", SubmissionLimits.Tries);
        await using var next = Next();
        await Resume(next);
        Assert.Equal(("committed", 1), (Text(Report(await next.Log.Find(id, Cancellation)), "state"), await next.Releases()));
    }

    [Fact]
    public async Task Who_is_only_slow_cannot_commit_what_another_has_given_up()
    {
        var (held, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var slow = new StorageProxy(azurite.ConnectionString, async (request, now) =>
        {
            if (now == Moment.Arrived && request.IsBatch && request.Text.Contains("Commits", StringComparison.Ordinal) && held.TrySetResult())
            {
                await go.Task;
            }

            return Fault.None;
        });
        await using var first = Next(slow.ConnectionString);
        clock.Advance(30 * first.Log.Silence);
        var working = first.LongOnes.Resume(Cancellation);
        await held.Task;

        await Set("Tries", SubmissionLimits.Tries);
        await using var second = Next(ahead: 40 * first.Log.Silence);
        await second.LongOnes.Resume(Cancellation);
        go.SetResult();
        await working;
        Assert.Equal(("failed", 0), (Text(Report(await second.Log.Find(id, Cancellation)), "state"), await second.Releases()));
    }

    /// <summary>Every request to storage is once the last.</summary>
    [Fact]
    public async Task Wherever_the_one_who_gives_it_up_dies_the_next_one_gives_it_up()
    {
        await Lose();
        var deaths = 0;
        for (var (last, isOver) = (0, false); !isOver; last++)
        {
            var left = last;
            await Set("Tries", SubmissionLimits.Tries - 1);
            await using var cut = new CutOff(azurite.ConnectionString, (_, now) => now == Moment.Arrived && Interlocked.Decrement(ref left) < 0);
            await using var dying = Next(cut.ConnectionString);
            clock.Advance(30 * dying.Log.Silence);
            var resumed = dying.LongOnes.Resume(Cancellation);
            isOver = await Task.WhenAny(resumed, cut.Done) == resumed && !cut.Done.IsCompleted;
            deaths++;

            await using var next = Next(ahead: 50 * dying.Log.Silence);
            for (var tries = 0; tries < 3 && (await next.Log.Find(id, Cancellation))!.IsOpen; tries++)
            {
                await Resume(next);
            }

            Assert.Equal("failed", Text(Report(await next.Log.Find(id, Cancellation)), "state"));
            await InitializeAsync();
            await Lose();
        }

        Assert.True(deaths > 5, $"It was cut off at {deaths} requests only.");
    }

    /// <summary>Storage lacks what was asked for, so that every try fails.</summary>
    private Task Lose() => Account.Container("submissions").GetBlobClient($"{id}/request.json").DeleteAsync(cancellationToken: Cancellation);

    private async Task Resume(Instance app)
    {
        clock.Advance(60 * app.Log.Silence);
        await app.LongOnes.Resume(Cancellation);
    }

    private async Task<TableEntity> State() =>
        await Account.Table("Submissions").GetEntityAsync<TableEntity>($"s.{id}", "state", cancellationToken: Cancellation);

    private Task Set(string column, object value) =>
        Account.Table("Submissions").UpdateEntityAsync(new TableEntity($"s.{id}", "state") { [column] = value }, Azure.ETag.All, TableUpdateMode.Merge, Cancellation);

    private Instance Next(string? storage = null, TimeSpan ahead = default) =>
        new(storage ?? azurite.ConnectionString, prefix, ahead == default ? clock : new FakeTimeProvider(clock.GetUtcNow() + ahead));

    private static JsonElement Report(SubmissionStatus? status) => JsonElement.Parse(status!.Answer!.Body.Span);

    private static string? Text(JsonElement report, string member) => report.GetProperty(member).GetString();
}
