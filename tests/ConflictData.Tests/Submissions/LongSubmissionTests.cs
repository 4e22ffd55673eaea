using System.Text;
using System.Text.Json;
using ConflictData.Access;
using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.Submissions;
using ConflictData.Tests.Faults;
using Microsoft.Extensions.Time.Testing;

namespace ConflictData.Tests.Submissions;

/// <summary>Submissions that are promised first and finished afterwards.</summary>
public sealed class LongSubmissionTests(AzuriteFixture azurite)
{
    private const string Actors = "Id,Name,Kind\nsdf,SDF,armedGroup\nis,IS,armedGroup\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_would_rather_not_wait_is_promised_the_report_that_comes_afterwards()
    {
        await using var app = await Start();
        var id = await Promised(app, Actors, request => request with { Reason = "lateReport", Message = "Two groups — اثنان" });
        var outcome = await app.Outcome(id);
        var head = await app.Store.Head(Cancellation);

        Assert.Equal((201, "committed", id), (outcome.Status, Json(outcome).GetProperty("state").GetString(), Json(outcome).GetProperty("id").GetString()));
        Assert.Equal((1, id, "partner", "lateReport", "Two groups — اثنان"), (head!.Release, head.SubmissionId, head.Owner, head.Reason, head.Message));
        Assert.Equal([(1, "sdf", "SDF", 1), (2, "is", "IS", 1)], await app.Revisions("Actors"));
    }

    [Theory]
    [InlineData(20_000, 201)]
    [InlineData(20_001, 202)]
    public async Task More_than_20000_rows_are_promised_unasked(int rows, int status)
    {
        await using var app = await Start();
        var answer = (await app.Send("Actors", Many(rows), request => request with { EarlyAnswer = EarlyAnswer.WhenLong })).Value!;
        Assert.Equal(status, answer.Status);
        var outcome = await app.Outcome(Json(answer).GetProperty("id").GetString()!);
        Assert.Equal((201, rows), (outcome.Status, Json(outcome).GetProperty("counts").GetProperty("added").GetInt32()));
        Assert.Equal(1, await app.Releases());
    }

    [Fact]
    public async Task The_app_itself_waits_for_any_number_of_rows()
    {
        await using var app = await Start();
        var report = await app.Report(422, "Actors", Many(20_001) + "x,,armedGroup\n");
        Assert.Equal(1, report.GetProperty("errorCount").GetInt32());
    }

    [Fact]
    public async Task More_rows_than_a_submission_may_have_are_refused_at_the_first_that_is_too_many()
    {
        await using var app = await Start();
        var report = await app.Report(422, "Actors", Many(250_002));
        var error = Assert.Single(report.GetProperty("errors").EnumerateArray());
        Assert.Equal(("tooManyRows", 250_001), (error.GetProperty("code").GetString(), error.GetProperty("row").GetInt32()));
    }

    [Fact]
    public async Task A_promise_that_its_instance_cannot_keep_is_kept_by_the_next()
    {
        var prefix = azurite.NewPrefix();
        await using var stopped = await Instance.Start(azurite.ConnectionString, prefix);
        await stopped.LongOnes.StopAsync(Cancellation);
        var id = await Promised(stopped, Actors, request => request with { Reason = "lateReport", IdempotencyKey = "my-key" });
        Assert.Equal(id, await Promised(stopped, Actors, request => request with { Reason = "lateReport", IdempotencyKey = "my-key", EarlyAnswer = EarlyAnswer.WhenLong }));

        await using var next = Later(prefix, stopped.Log.Silence);
        await next.LongOnes.Resume(Cancellation);
        var outcome = await next.Outcome(id);
        var again = (await stopped.Send("Actors", Actors, request => request with { Reason = "lateReport", IdempotencyKey = "my-key" })).Value!;

        Assert.Equal((201, Encoding.UTF8.GetString(outcome.Body.Span)), (again.Status, Encoding.UTF8.GetString(again.Body.Span)));
        Assert.Equal((id, 2, "lateReport"), await Head(next));
        Assert.Equal(1, await next.Releases());
    }

    [Fact]
    public async Task What_is_being_worked_on_is_left_alone()
    {
        var prefix = azurite.NewPrefix();
        await using var stopped = await Instance.Start(azurite.ConnectionString, prefix);
        await stopped.LongOnes.StopAsync(Cancellation);
        await Promised(stopped, Actors);

        await using var next = Later(prefix, stopped.Log.Silence / 2);
        await next.LongOnes.Resume(Cancellation);
        Assert.Equal(0, await next.Releases());
    }

    [Fact]
    public async Task Two_instances_that_take_over_at_once_make_one_release()
    {
        var prefix = azurite.NewPrefix();
        await using var stopped = await Instance.Start(azurite.ConnectionString, prefix);
        await stopped.LongOnes.StopAsync(Cancellation);
        var id = await Promised(stopped, Actors);

        await using var one = Later(prefix, stopped.Log.Silence);
        await using var two = Later(prefix, stopped.Log.Silence);
        await Task.WhenAll(one.LongOnes.Resume(Cancellation), two.LongOnes.Resume(Cancellation));
        Assert.Equal((id, 2), ((await one.Store.Head(Cancellation))!.SubmissionId, (await one.Store.Head(Cancellation))!.Attempt));
        Assert.Equal([(1, "sdf", "SDF", 1), (2, "is", "IS", 1)], await two.Revisions("Actors"));
    }

    [Fact]
    public async Task An_instance_that_dies_while_it_writes_leaves_all_of_it_to_the_next()
    {
        var prefix = azurite.NewPrefix();
        await using var cut = CutOff.After(10, azurite.ConnectionString);
        await using var dying = await Instance.Start(cut.ConnectionString, prefix);
        var id = await Promised(dying, Many(3_000));
        await cut.Done;

        await using var next = Later(prefix, dying.Log.Silence);
        Assert.Equal(SubmissionState.Writing, (await next.Log.Find(id, Cancellation))!.State);
        await next.LongOnes.Resume(Cancellation);
        Assert.Equal(201, (await next.Outcome(id)).Status);
        Assert.Equal((id, 2, null), await Head(next));
        Assert.Equal(Enumerable.Range(1, 3_000).Select(n => $"a{n}"), (await next.Revisions("Actors")).Select(row => row.Id));
    }

    /// <summary>Every request to storage from the promise on is once the last.</summary>
    [Fact]
    public async Task Whenever_an_instance_dies_the_next_one_comes_to_the_same_errors()
    {
        var promises = 0;
        for (var (last, isOver) = (0, false); !isOver; last++)
        {
            var (prefix, left) = (azurite.NewPrefix(), int.MaxValue);
            await using (await Instance.Start(azurite.ConnectionString, prefix))
            {
            }

            await using var cut = new CutOff(azurite.ConnectionString, (_, now) => now == Moment.Arrived && Interlocked.Decrement(ref left) < 0);
            await using var dying = new Instance(cut.ConnectionString, prefix);
            await dying.LongOnes.StopAsync(Cancellation);
            var id = await Promised(dying, "Id,Name,Kind\nsdf,,armedGroup\n");
            await using var worker = Later(prefix, dying.Log.Silence, cut.ConnectionString);
            left = last;
            var resumed = worker.LongOnes.Resume(Cancellation);
            isOver = await Task.WhenAny(resumed, cut.Done) == resumed && !cut.Done.IsCompleted;
            promises++;

            await using var next = Later(prefix, 4 * dying.Log.Silence);
            await next.LongOnes.Resume(Cancellation);
            Assert.Equal((422, "rejected"), ((await next.Outcome(id)).Status, Json(await next.Outcome(id)).GetProperty("state").GetString()));
        }

        Assert.True(promises > 5, $"It was cut off at {promises} requests only.");
    }

    [Fact]
    public async Task Errors_are_the_report_and_the_key_is_free_again()
    {
        await using var app = await Start();
        var id = await Promised(app, "Id,Name,Kind\nsdf,,armedGroup\n", request => request with { IdempotencyKey = "my-key" });
        Assert.Equal((422, "rejected"), ((await app.Outcome(id)).Status, Json(await app.Outcome(id)).GetProperty("state").GetString()));
        await app.Report(201, "Actors", Actors, request => request with { IdempotencyKey = "my-key" });
    }

    [Fact]
    public async Task The_report_of_errors_is_kept_in_one_call()
    {
        var prefix = azurite.NewPrefix();
        await using (await Instance.Start(azurite.ConnectionString, prefix))
        {
        }

        var reports = 0;
        await using var counting = new StorageProxy(azurite.ConnectionString, request =>
        {
            reports += request.Text.Contains("/report.json", StringComparison.Ordinal) && request.IsWrite ? 1 : 0;
            return Fault.None;
        });
        await using var app = new Instance(counting.ConnectionString, prefix);
        var id = await Promised(app, "Id,Name,Kind\nsdf,,armedGroup\n");
        Assert.Equal(422, (await app.Outcome(id)).Status);
        Assert.Equal(1, reports);
    }

    [Fact]
    public async Task What_can_be_refused_at_once_is_not_promised()
    {
        await using var app = await Start();
        var answer = await app.Send("Actors", Actors, request => request with { EarlyAnswer = EarlyAnswer.Always, Base = 7 });
        Assert.Equal(ErrorCode.ReleaseNotFound, answer.Error?.Code);
        await app.Report(200, "Actors", Actors, request => request with { EarlyAnswer = EarlyAnswer.Always, DryRun = true });
        Assert.Equal(0, await app.Releases());
    }

    [Fact]
    public async Task A_gzipped_payload_is_kept_as_it_came_and_read_again()
    {
        await using var app = await Start();
        using var packed = new MemoryStream();
        await using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionMode.Compress, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(Actors), Cancellation);
        }

        var id = await Promised(app, Actors, request => request with { Body = new MemoryStream(packed.ToArray()), ContentEncoding = "gzip" });
        Assert.Equal(201, (await app.Outcome(id)).Status);
        Assert.Equal(packed.Length, (await app.Log.OpenPayload(id, Cancellation))!.Length);
    }

    [Fact]
    public void All_that_a_request_asks_for_is_kept()
    {
        string[] ofTheCall = ["Body", "ContentType", "ContentEncoding", "ContentLength", "DryRun", "EarlyAnswer"];
        Assert.Equal(
            typeof(SubmissionRequest).GetProperties().Select(property => property.Name).Except(ofTheCall).Order(),
            typeof(KeptRequest).GetProperties().Select(property => property.Name).Order());

        var request = new SubmissionRequest
        {
            Owner = "partner", MayChange = ["Arrests"], Scopes = Scopes.Contribute, Dataset = Catalog.Get("Arrests"), IdempotencyKey = "key", Mode = "replace",
            Reason = "correction", Message = "مرحبا", Limits = PayloadLimits.File(300_000), Base = 3, MaxRetractions = 4, ContentType = "text/csv", ContentEncoding = "gzip", ContentLength = 5, Body = Stream.Null,
        };
        var kept = KeptRequest.Read(KeptRequest.Write(request), new SubmissionPayload(Stream.Null, "text/csv", 5, "hash") { ContentEncoding = "gzip" });
        Assert.Equal(["Arrests"], kept.MayChange);
        Assert.Equal(request, kept with { MayChange = request.MayChange });
    }

    [Fact]
    public async Task How_far_it_is_can_be_seen_by_others()
    {
        await using var app = await Start();
        var granted = (Reservation.Granted)await app.Log.Reserve("partner", "key", "hash", null, Cancellation);
        Assert.True(await app.Log.Touch(granted.Attempt, new RowsDone(300, 200, 100), Cancellation));
        Assert.Equal(new RowsDone(300, 200, 100), (await app.Log.Find(granted.Attempt.SubmissionId, Cancellation))!.Rows);
    }

    private static async Task<string> Promised(Instance app, string text, Func<SubmissionRequest, SubmissionRequest>? with = null)
    {
        var report = await app.Report(202, "Actors", text, request =>
        {
            var early = request with { EarlyAnswer = EarlyAnswer.Always };
            return with is null ? early : with(early);
        });
        return report.GetProperty("id").GetString()!;
    }

    private static async Task<(string, int, string?)> Head(Instance app) =>
        await app.Store.Head(Cancellation) is { } head ? (head.SubmissionId, head.Attempt, head.Reason) : default;

    private static string Many(int rows) => "Id,Name,Kind\n" + string.Concat(Enumerable.Range(1, rows).Select(n => $"a{n},A,person\n"));

    private static JsonElement Json(SubmissionAnswer answer) => JsonElement.Parse(answer.Body.Span);

    private Task<Instance> Start() => Instance.Start(azurite.ConnectionString, azurite.NewPrefix());

    /// <summary>Another instance, for which so much time has gone by.</summary>
    private Instance Later(string prefix, TimeSpan time, string? storage = null) => new(storage ?? azurite.ConnectionString, prefix, new FakeTimeProvider(TimeProvider.System.GetUtcNow() + time));
}
