using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using ConflictData.Tests.Faults;
using ConflictFunctions.Tests.Running;

namespace ConflictFunctions.Tests.Faults;

/// <summary>The real host, ended with no chance to clean up while a caller waits for its answer; the caller goes to another instance.</summary>
public sealed class KillTests(RunningApp app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_killed_instance_began_is_done_once_by_the_next()
    {
        (string Point, Func<StorageRequest, bool> Is, Moment At)[] points =
        [
            ("its key is reserved", request => request.IsWrite && request.IsOfTables, Moment.Answered),
            ("its rows are to be written", request => request.IsBatch && !request.IsCommit, Moment.Arrived),
            ("it is to be committed", request => request.IsCommit, Moment.Arrived),
            ("it is committed", request => request.IsCommit, Moment.Answered),
            ("its report is kept", request => request.IsWrite && request.Text.Contains("/report.json", StringComparison.Ordinal), Moment.Answered),
        ];
        AppInstance? dying = null;
        (Func<StorageRequest, bool> Is, Moment At)? point = null;
        await using var proxy = new StorageProxy(app.Storage, (request, now) => ValueTask.FromResult(Judge(request, now)));
        var settings = new Dictionary<string, string> { ["TakeOverSeconds"] = "1", ["FreshForSeconds"] = "0" };
        await using var sound = await AppInstance.Start(app.Storage, "Kill", settings);
        await using var _ = dying = await AppInstance.Start(proxy.ConnectionString, "Kill", settings);
        foreach (var (index, next) in points.Index())
        {
            point = (next.Is, next.At);
            await Assert.ThrowsAsync<HttpRequestException>(() => Send(dying, index));
            await dying.Process.Ended();
            var outcome = await new Partner(() => Task.FromResult(sound.Client)).Send(() => Submission(index));
            Assert.True((HttpStatusCode.Created, index + 1) == (outcome.Status, outcome.Release), $"{next.Point}: {outcome.Text}");
            await dying.Restart();
            Assert.Equal(Report(outcome.Text), Report(await (await Send(dying, index)).Content.ReadAsStringAsync(Cancellation)));
            Assert.Equal(await Feed(sound), await Feed(dying));
        }

        Assert.Equal(points.Length, (await Feed(sound)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length - 1);

        Fault Judge(StorageRequest request, Moment now)
        {
            if (point is not { } armed || now != armed.At || !armed.Is(request))
            {
                return Fault.None;
            }

            point = null;
            dying!.Process.Kill();
            return now == Moment.Arrived ? Fault.Reset : Fault.DropAnswer;
        }
    }

    private static Task<HttpResponseMessage> Send(AppInstance instance, int index) => instance.Client.SendAsync(Submission(index), Cancellation);

    private static HttpRequestMessage Submission(int index) => new(HttpMethod.Post, "submissions/Actors")
    {
        Content = new StringContent($"Id,Name,Kind\nactor-{index},Somebody,person\n", new MediaTypeHeaderValue("text/csv")),
        Headers = { { "Idempotency-Key", $"key-{index}" } },
    };

    private static Task<string> Feed(AppInstance instance) => instance.Client.GetStringAsync("odata/Actors?$format=csv", Cancellation);

    /// <summary>The report, without what an answer that was given before says of that.</summary>
    private static string Report(string text)
    {
        var report = JsonNode.Parse(text)!.AsObject();
        report.Remove("repeated");
        return report.ToJsonString();
    }
}
