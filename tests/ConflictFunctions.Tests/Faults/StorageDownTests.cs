using System.Net;
using System.Text.Json;
using ConflictData.Tests.Faults;
using ConflictFunctions.Tests.Running;

namespace ConflictFunctions.Tests.Faults;

/// <summary>The app while its storage is away, and after that.</summary>
public sealed class StorageDownTests(RunningApp app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reads_go_on_from_memory_and_writes_are_refused_until_it_is_back()
    {
        var away = false;
        await using var proxy = new StorageProxy(app.Storage, _ => Volatile.Read(ref away) ? Fault.Reset : Fault.None);
        await using var instance = await AppInstance.Start(proxy.ConnectionString, "StorageDown", new() { ["FreshForSeconds"] = "0" });
        Assert.Equal(HttpStatusCode.Created, (await Send(instance, "first")).StatusCode);
        var pinned = await Read(instance, "releases/1/odata/Actors");
        var newest = await Read(instance, "odata/Actors");

        Volatile.Write(ref away, true);
        Assert.Equal(pinned, await Read(instance, "releases/1/odata/Actors"));
        var stale = await Read(instance, "odata/Actors");
        Assert.Equal((newest.Body, false, true), (stale.Body, newest.IsMarked, stale.IsMarked));
        await AssertRefused(await Send(instance, "second"));
        await AssertRefused(await instance.Client.DeleteAsync("datasets/Actors/records/first", Cancellation));
        Assert.Equal((HttpStatusCode.OK, "degraded", "does not answer"), await Ready(instance));

        Volatile.Write(ref away, false);
        Assert.Equal((HttpStatusCode.OK, "ready", "ready"), await Ready(instance));
        using var second = await Send(instance, "second");
        Assert.Equal((HttpStatusCode.Created, "2"), (second.StatusCode, Assert.Single(second.Headers.GetValues("Conflict-Release"))));
        var after = await Read(instance, "odata/Actors");
        Assert.False(after.IsMarked);
        Assert.Contains("\"second\"", after.Body);
    }

    [Fact]
    public async Task Storage_that_takes_requests_and_never_answers_keeps_no_reader_waiting()
    {
        TaskCompletionSource? silent = null;
        await using var proxy = new StorageProxy(app.Storage, async (_, _) =>
        {
            await (Volatile.Read(ref silent)?.Task ?? Task.CompletedTask);
            return Fault.None;
        });
        await using var instance = await AppInstance.Start(proxy.ConnectionString, "StorageSilent", new() { ["FreshForSeconds"] = "0" });
        Assert.Equal(HttpStatusCode.Created, (await Send(instance, "first")).StatusCode);
        var newest = await Read(instance, "odata/Actors");

        Volatile.Write(ref silent, new());
        Assert.Equal(newest, await Read(instance, "releases/1/odata/Actors") with { Body = newest.Body });
        Assert.Equal(newest with { IsMarked = true }, await Read(instance, "odata/Actors"));
        Assert.Equal((HttpStatusCode.OK, "degraded", "does not answer"), await Ready(instance));

        Interlocked.Exchange(ref silent, null)!.SetResult();
        Assert.Equal((HttpStatusCode.OK, "ready", "ready"), await Ready(instance));
        Assert.Equal(newest, await Read(instance, "odata/Actors"));
    }

    private static Task<HttpResponseMessage> Send(AppInstance instance, string id) =>
        instance.Client.PostAsync("submissions/Actors", new StringContent($"Id,Name,Kind\n{id},Somebody,person\n", new System.Net.Http.Headers.MediaTypeHeaderValue("text/csv")), Cancellation);

    private static async Task<(string Body, bool IsMarked)> Read(AppInstance instance, string address)
    {
        using var answer = await instance.Client.GetAsync(address, Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadAsStringAsync(Cancellation), answer.Headers.Contains("Conflict-Stale"));
    }

    private static async Task AssertRefused(HttpResponseMessage answer)
    {
        using (answer)
        {
            using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "storageUnavailable"), (answer.StatusCode, problem.RootElement.GetProperty("code").GetString()));
            Assert.NotNull(answer.Headers.RetryAfter);
        }
    }

    private static async Task<(HttpStatusCode, string?, string?)> Ready(AppInstance instance)
    {
        using var answer = await instance.Client.GetAsync("health/ready", Cancellation);
        using var health = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
        return (answer.StatusCode, health.RootElement.GetProperty("status").GetString(), health.RootElement.GetProperty("parts").GetProperty("storage").GetString());
    }
}
