using System.Net;
using ConflictData.Access;
using ConflictData.Api;
using ConflictData.Query;
using ConflictData.Snapshots;
using ConflictData.Storage;
using ConflictData.Tests.Query;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ConflictData.Tests.Snapshots;

/// <summary>Published files that storage hands out itself, by the setting SnapshotRedirects.</summary>
public sealed class RedirectTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_is_pointed_to_by_a_link_that_reads_it_and_nothing_else()
    {
        await using var scene = await Scene.Start(azurite);
        var response = await scene.Ask("GET", "places.csv");
        Assert.Equal((307, "private, no-store", "1"), (response.StatusCode, $"{response.Headers.CacheControl}", $"{response.Headers["Conflict-Release"]}"));

        using var http = new HttpClient();
        var link = new Uri($"{response.Headers.Location}");
        using var answer = await http.GetAsync(link, Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.StartsWith("Id,Name", await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("places.csv", answer.Content.Headers.ContentDisposition!.FileName!.Trim('"'));

        using var change = await http.DeleteAsync(link, Cancellation);
        Assert.Equal(HttpStatusCode.Forbidden, change.StatusCode);
        using var other = await http.GetAsync(new Uri(link.AbsoluteUri.Replace("places.csv", "actors.csv", StringComparison.Ordinal)), Cancellation);
        Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
        var query = link.Query.TrimStart('?').Split('&').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));
        Assert.Equal(("r", "b"), (query["sp"], query["sr"]));
        var now = TimeProvider.System.GetUtcNow();
        Assert.InRange(DateTimeOffset.Parse(query["se"], System.Globalization.CultureInfo.InvariantCulture), now, now.AddMinutes(6));
    }

    [Fact]
    public async Task Whoever_asks_only_for_the_headers_is_answered_here()
    {
        await using var scene = await Scene.Start(azurite);
        var response = await scene.Ask("HEAD", "places.csv");
        Assert.Equal(200, response.StatusCode);
        Assert.NotEmpty($"{response.Headers.ETag}");
    }

    [Fact]
    public async Task A_script_in_a_browser_is_answered_here_since_it_may_not_go_elsewhere()
    {
        await using var scene = await Scene.Start(azurite);
        Assert.Equal(200, (await scene.Ask("GET", "places.csv", "cors")).StatusCode);
        Assert.Equal(307, (await scene.Ask("GET", "places.csv", "navigate")).StatusCode);
    }

    private sealed class Scene(SnapshotAnswers answers, Engine engine) : IAsyncDisposable
    {
        public static async Task<Scene> Start(AzuriteFixture azurite)
        {
            var settings = new Settings { AzureWebJobsStorage = azurite.ConnectionString, StoragePrefix = azurite.NewPrefix(), SnapshotRedirects = true };
            var account = new StorageAccount(settings);
            await account.Container("snapshots").CreateAsync(cancellationToken: Cancellation);
            var log = new TestLog();
            log.Add([TestLog.Place("a", "x"), TestLog.Actor("z", "z")]);
            var engine = new Engine(settings, TimeProvider.System);
            var follower = new ReleaseFollower(new LogStore(log), engine, settings, TimeProvider.System);
            var store = new SnapshotStore(account, TimeProvider.System);
            return new(new SnapshotAnswers(new SnapshotService(store, new SnapshotPublisher(engine, store, settings), new DeltaTables(account, engine), follower, TimeProvider.System), settings), engine);
        }

        public async Task<HttpResponse> Ask(string method, string file, string? fetchMode = null)
        {
            var http = new DefaultHttpContext { RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider() };
            http.Request.Method = method;
            http.Request.Headers["Sec-Fetch-Mode"] = fetchMode;
            var call = new ApiCall(http.Request, Caller.Anonymous(mayRead: true), new Links(new Uri("https://data.example/api/")));
            await (await answers.File(call, "1", file)).ExecuteAsync(http);
            return http.Response;
        }

        public ValueTask DisposeAsync() => engine.DisposeAsync();
    }
}
