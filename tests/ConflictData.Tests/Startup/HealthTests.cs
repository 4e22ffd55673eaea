using System.Text;
using ConflictData.Query;
using ConflictData.Startup;
using ConflictData.Tests.Query;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ConflictData.Tests.Startup;

public sealed class HealthTests
{
    private readonly TestLog log = new();
    private readonly FakeTimeProvider clock = new(TestLog.Start.AddDays(10));
    private readonly Readiness readiness = new();

    [Fact]
    public async Task Before_every_part_stands_it_is_not_ready()
    {
        readiness.Stands(Part.Storage);

        Assert.Equal(
            (503, """{"status":"starting","release":0,"parts":{"storage":"ready","engine":"starting","sample":"starting","snapshot":"starting"}}"""),
            (await Answers(new(log), 1))[0]);
    }

    [Fact]
    public async Task An_instance_that_nobody_reads_tells_of_storage_that_went_and_came_back()
    {
        Array.ForEach(Enum.GetValues<Part>(), readiness.Stands);
        log.Add([TestLog.Place("raqqa", "Raqqa")]);
        var store = new FakeReleaseStore(log);

        var answers = await Answers(store, 3, round => store.Broken = round == 1 ? new TimeoutException() : null);

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.StartsWith("""{"status":"ready","release":1,"parts":{"storage":"ready",""", answers[0].Body);
        Assert.StartsWith("""{"status":"degraded","release":1,"parts":{"storage":"does not answer",""", answers[1].Body);
        Assert.StartsWith("""{"status":"ready",""", answers[2].Body);
    }

    [Fact]
    public async Task Who_waits_for_every_part_goes_on_when_the_last_stands_and_gives_up_after_minutes()
    {
        var waiting = new Readiness(clock);
        Assert.All([Part.Storage, Part.Engine, Part.Sample], waiting.Stands);
        var (goesOn, givesUp) = (waiting.WhenReady(TestContext.Current.CancellationToken), new Readiness(clock).WhenReady(TestContext.Current.CancellationToken));
        Assert.False(goesOn.IsCompleted);

        waiting.Stands(Part.Snapshot);
        await goesOn;

        clock.Advance(TimeSpan.FromMinutes(5));
        await Assert.ThrowsAsync<TimeoutException>(() => givesUp);
    }

    private async Task<List<(int Status, string Body)>> Answers(FakeReleaseStore store, int rounds, Action<int>? before = null)
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        await using var engine = new Engine(new Settings(), clock);
        using var follower = new ReleaseFollower(store, engine, new Settings(), clock);
        var health = new HealthAnswers(readiness, follower, engine);
        var answers = new List<(int, string)>();
        for (var round = 0; round < rounds; round++)
        {
            before?.Invoke(round);
            clock.Advance(TimeSpan.FromMinutes(1));
            using var body = new MemoryStream();
            var http = new DefaultHttpContext { Response = { Body = body }, RequestServices = services };
            await (await health.Ready(TestContext.Current.CancellationToken)).ExecuteAsync(http);
            answers.Add((http.Response.StatusCode, Encoding.UTF8.GetString(body.ToArray())));
        }

        return answers;
    }
}
