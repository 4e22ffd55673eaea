using System.Net;
using System.Text;
using System.Text.Json;
using ConflictData;
using ConflictData.Datasets;
using ConflictData.Query;
using ConflictData.Releases;
using ConflictData.Storage;
using ConflictData.Submissions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ConflictFunctions.Tests.Running;

/// <summary>What an instance promised that is no more.</summary>
public sealed class LongSubmissionTests(RunningApp app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_timer_finishes_what_another_instance_promised_two_minutes_ago()
    {
        var actor = $"test-{Guid.NewGuid():N}";
        var id = await PromisedBefore(TimeSpan.FromMinutes(2), $"Id,Name,Kind\n{actor},Somebody,person\n");
        using var fired = await app.Admin.PostAsync($"{app.Root}/admin/functions/ResumeSubmissions", null, Cancellation);
        Assert.Equal(HttpStatusCode.Accepted, fired.StatusCode);
        JsonElement report;
        do
        {
            report = await Submission(id);
        }
        while (!report.TryGetProperty("release", out _));

        Assert.Equal(("committed", id), (report.GetProperty("state").GetString(), report.GetProperty("id").GetString()));
        Assert.Equal("Somebody", await app.Anonymous.GetStringAsync($"releases/{report.GetProperty("release")}/odata/Actors('{actor}')/Name/$value", Cancellation));
    }

    /// <summary>The id of a submission that was promised so long ago, and not begun.</summary>
    private async Task<string> PromisedBefore(TimeSpan time, string csv)
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow() - time);
        var settings = new Settings { AzureWebJobsStorage = app.Storage };
        var account = new StorageAccount(settings);
        var (store, log) = (new TableReleaseStore(account, clock), new SubmissionLog(account, settings, clock));
        await using var engine = new Engine(settings, clock);
        using var follower = new ReleaseFollower(store, engine, settings, clock);
        var stopped = new LongSubmissions(store, log, engine, follower, new RowRoom(), clock, NullLogger<LongSubmissions>.Instance);
        await stopped.StopAsync(Cancellation);
        var promise = await new SubmissionService(store, log, engine, follower, stopped, new RowRoom(), clock).Submit(
            new SubmissionRequest
            {
                Owner = "somebody",
                Dataset = Catalog.Get("Actors"),
                ContentType = "text/csv",
                Body = new MemoryStream(Encoding.UTF8.GetBytes(csv)),
                EarlyAnswer = EarlyAnswer.Always,
            },
            Cancellation);
        Assert.Equal(202, promise.Value!.Status);
        return JsonElement.Parse(promise.Value.Body.Span).GetProperty("id").GetString()!;
    }

    private async Task<JsonElement> Submission(string id) => JsonElement.Parse(await app.Admin.GetStringAsync($"submissions/{id}", Cancellation));
}
