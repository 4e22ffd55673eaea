using System.Text;
using ConflictData.Storage;
using ConflictData.Submissions;
using Microsoft.Extensions.Time.Testing;

namespace ConflictData.Tests.Submissions;

public sealed class SubmissionLogTests : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = new();
    private readonly StorageAccount account;
    private readonly SubmissionLog log;

    public SubmissionLogTests(AzuriteFixture azurite)
    {
        account = new(new Settings { AzureWebJobsStorage = azurite.ConnectionString, StoragePrefix = azurite.NewPrefix() });
        log = new(account, new Settings(), clock);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await account.EnsureCreated(Cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_same_key_and_payload_gets_the_first_answer_for_ever()
    {
        var attempt = await Granted();
        Assert.IsType<Reservation.InProgress>(await Reserve());
        Assert.True(await log.BeginWriting(attempt, Cancellation));
        await log.Complete(attempt, Answer(201, "first"), Cancellation);
        clock.Advance(TimeSpan.FromDays(3650));

        Assert.Equal(attempt.SubmissionId, Assert.IsType<Reservation.Finished>(await Reserve()).SubmissionId);
        var status = await log.Find(attempt.SubmissionId, Cancellation);
        Assert.Equal((SubmissionState.Finished, "partner", 201, "first"), (status!.State, status.Owner, status.Answer!.Status, Text(status.Answer)));
        Assert.IsType<Reservation.OtherPayload>(await Reserve(payload: "other"));
        Assert.IsType<Reservation.Granted>(await Reserve(owner: "somebody else"));
    }

    [Fact]
    public async Task A_silent_submission_is_taken_over_and_its_first_worker_is_shut_out()
    {
        var first = await Granted();
        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.True(await log.Touch(first, default, Cancellation));
        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(TimeSpan.FromSeconds(1), Assert.IsType<Reservation.InProgress>(await Reserve()).RetryAfter);
        clock.Advance(TimeSpan.FromSeconds(1));

        var second = await Granted();
        Assert.Equal(first with { Number = 2 }, second);
        Assert.False(await log.Touch(first, default, Cancellation));
        Assert.False(await log.Forget(first, Cancellation));
        Assert.Null(await log.NextAttempt(first, Cancellation));
        Assert.Equal(second with { Number = 3 }, await log.NextAttempt(second, Cancellation));
    }

    [Fact]
    public async Task The_first_of_two_answers_stands()
    {
        var attempt = await Granted();
        await log.Complete(attempt, Answer(201, "first"), Cancellation);
        var standing = await log.Complete(attempt with { Number = 2 }, Answer(200, "second"), Cancellation);
        Assert.Equal((201, "first"), (standing.Status, Text(standing)));
    }

    [Fact]
    public async Task A_refused_submission_keeps_its_report_and_frees_its_key()
    {
        var attempt = await Granted();
        Assert.True(await log.Reject(attempt, Answer(422, "errors"), Cancellation));
        Assert.NotEqual(attempt.SubmissionId, (await Granted(payload: "mended")).SubmissionId);
        Assert.Equal("errors", Text((await log.Find(attempt.SubmissionId, Cancellation))!.Answer!));
    }

    [Fact]
    public async Task A_dry_run_leaves_nothing_behind()
    {
        var attempt = await Granted();
        await log.SavePayload(attempt.SubmissionId, new MemoryStream([1]), "text/csv", null, "00", [], Cancellation);
        Assert.True(await log.Forget(attempt, Cancellation));
        Assert.Null(await log.Find(attempt.SubmissionId, Cancellation));
        Assert.Null(await log.OpenPayload(attempt.SubmissionId, Cancellation));
        await Granted(payload: "another");
    }

    [Fact]
    public async Task A_derived_key_ends_after_its_life()
    {
        var first = await Granted(life: SubmissionLog.DerivedKeyLife);
        await log.Complete(first, Answer(201, ""), Cancellation);
        Assert.Equal(first.SubmissionId, Assert.IsType<Reservation.Finished>(await Reserve(life: SubmissionLog.DerivedKeyLife)).SubmissionId);
        clock.Advance(SubmissionLog.DerivedKeyLife);
        Assert.NotEqual(first.SubmissionId, (await Granted(life: SubmissionLog.DerivedKeyLife)).SubmissionId);
    }

    [Fact]
    public async Task Of_many_at_once_one_gets_the_key_and_one_takes_it_over()
    {
        for (var round = 1; round <= 2; round++)
        {
            var all = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Reserve()));
            Assert.Equal(round, Assert.Single(all.OfType<Reservation.Granted>()).Attempt.Number);
            Assert.Equal(11, all.OfType<Reservation.InProgress>().Count());
            clock.Advance(log.Silence);
        }
    }

    [Fact]
    public async Task Housekeeping_is_told_what_began_to_write_and_never_ended()
    {
        var silent = await Granted();
        await log.BeginWriting(silent, Cancellation);
        var done = await Granted(owner: "other");
        await log.BeginWriting(done, Cancellation);
        await log.Complete(done, Answer(201, ""), Cancellation);

        var unfinished = new UnfinishedSubmissions(account, clock);
        Assert.Empty(await unfinished.AttemptsToAbandon(clock.GetUtcNow(), Cancellation).ToListAsync(Cancellation));
        clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal([silent], await unfinished.AttemptsToAbandon(clock.GetUtcNow(), Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task A_payload_is_kept_as_it_was_sent()
    {
        await log.SavePayload("a", new MemoryStream("Id\r\nذ"u8.ToArray()), "text/csv; charset=utf-8", "gzip", "abc", [], Cancellation);
        var payload = (await log.OpenPayload("a", Cancellation))!;
        using var reader = new StreamReader(payload.Content);
        Assert.Equal("Id\r\nذ", await reader.ReadToEndAsync(Cancellation));
        Assert.Equal(("text/csv; charset=utf-8", "gzip", 6, "abc"), (payload.ContentType, payload.ContentEncoding, payload.Length, payload.Hash));
    }

    [Fact]
    public async Task Of_two_payloads_in_other_wrapping_the_first_stands()
    {
        Assert.Equal("abc", await log.SavePayload("b", new MemoryStream([1]), "multipart/form-data; boundary=1", null, "abc", [], Cancellation));
        Assert.Equal("abc", await log.SavePayload("b", new MemoryStream([2]), "multipart/form-data; boundary=2", null, "def", [], Cancellation));
        var payload = (await log.OpenPayload("b", Cancellation))!;
        Assert.Equal(("multipart/form-data; boundary=1", "abc", 1), (payload.ContentType, payload.Hash, payload.Content.ReadByte()));
    }

    private static SubmissionAnswer Answer(int status, string body) => new(status, Encoding.UTF8.GetBytes(body));

    private static string Text(SubmissionAnswer answer) => Encoding.UTF8.GetString(answer.Body.Span);

    private Task<Reservation> Reserve(string owner = "partner", string payload = "same", TimeSpan? life = null) =>
        log.Reserve(owner, "key/1?#\\", payload, life, Cancellation);

    private async Task<Attempt> Granted(string owner = "partner", string payload = "same", TimeSpan? life = null) =>
        Assert.IsType<Reservation.Granted>(await Reserve(owner, payload, life)).Attempt;
}
