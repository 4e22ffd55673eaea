using System.Text.Json;
using ConflictData.Access;
using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.Housekeeping;
using ConflictData.Query;
using ConflictData.Releases;
using ConflictData.Snapshots;
using ConflictData.Storage;
using ConflictData.Submissions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ConflictData.Tests.Releases;

/// <summary>An instance of the whole app on real storage, but for what listens, runs timers and works in the background.</summary>
internal sealed class RedactionScene : IAsyncDisposable
{
    private static readonly Links Links = new(new("https://data.example/api/"));

    private static readonly ServiceProvider Results = new ServiceCollection().AddLogging().BuildServiceProvider();

    private readonly ServiceProvider app;
    private readonly MovingClock clock;

    /// <param name="storage">Connection string.</param>
    /// <param name="prefix">Prefix of the store.</param>
    /// <param name="ahead">How far its clock is ahead of the time.</param>
    public RedactionScene(string storage, string prefix, TimeSpan? ahead = null)
    {
        var settings = new Dictionary<string, string?>
        {
            ["AzureWebJobsStorage"] = storage, ["StoragePrefix"] = prefix, ["FreshForSeconds"] = "0", ["AnonymousRead"] = "true",
            ["CheckpointReleases"] = "3", ["CheckpointRevisions"] = "1000000", ["KeptSnapshots"] = "10",
        };
        clock = new(ahead ?? TimeSpan.Zero);
        app = new ServiceCollection()
            .AddConflictData(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddSingleton<TimeProvider>(clock)
            .BuildServiceProvider();
    }

    public Engine Engine => Get<Engine>();

    public StorageAccount Account => Get<StorageAccount>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<RedactionScene> Start(AzuriteFixture azurite, string prefix)
    {
        var scene = new RedactionScene(azurite.ConnectionString, prefix, TimeSpan.FromMinutes(1));
        await scene.Get<IReleaseStore>().EnsureCreated(Cancellation);
        return scene;
    }

    public T Get<T>()
        where T : notnull => app.GetRequiredService<T>();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    /// <summary>Sends rows of Actors, which must be answered with that status.</summary>
    public async Task<JsonElement> Send(int status, byte[] body, string type = "text/csv", string? encoding = null, Dataset? dataset = null, bool isSet = false)
    {
        var request = new SubmissionRequest
        {
            Owner = "partner", Scopes = Scopes.Curate, Dataset = isSet ? null : dataset ?? Catalog.Get("Actors"), ContentType = type, ContentEncoding = encoding, Body = new MemoryStream(body),
        };
        var answer = await Get<SubmissionService>().Submit(request, Cancellation);
        Assert.True(answer.Value?.Status == status, $"{answer.Error} {(answer.Value is null ? "" : System.Text.Encoding.UTF8.GetString(answer.Value.Body.Span))}");
        return JsonElement.Parse(answer.Value!.Body.Span);
    }

    /// <summary>Asks for a redaction.</summary>
    public Task<(int Status, string Body)> Redact(string dataset, string id, string body, string[]? datasets = null) =>
        Answer("POST", body, call => Get<RedactionAnswers>().Redact(call, dataset, id), datasets);

    public Task<(int Status, string Body)> Redactions(string dataset, string id) => Answer("GET", "", call => Get<RedactionAnswers>().List(call, dataset, id));

    public Task<(int Status, string Body)> Payload(string submission) => Answer("GET", "", call => Get<SubmissionAnswers>().Payload(call, submission));

    public Task<(int Status, string Body)> File(string release, string name) => Answer("GET", "", call => Get<SnapshotAnswers>().File(call, release, name));

    public Task<(int Status, string Body)> History(string dataset, string id) => Answer("GET", "", call => Get<HistoryAnswers>().History(call, dataset, id));

    public Task<(int Status, string Body)> Release(string release) => Answer("GET", "", call => Get<ReleaseAnswers>().One(call, release));

    public Task<(int Status, string Body)> Atom() => Answer("GET", "", Get<ReleaseAnswers>().Atom);

    /// <summary>Publishes the newest release.</summary>
    public async Task Publish() => Assert.Null(await Get<SnapshotService>().PublishNewest(Cancellation));

    /// <summary>All of housekeeping, each part of which must succeed.</summary>
    public async Task Housekeep()
    {
        foreach (var part in app.GetServices<IHousekeepingPart>())
        {
            await part.Run(Cancellation);
        }
    }

    /// <summary>Housekeeping when nobody can be at writing any more who began before a redaction.</summary>
    public async Task HousekeepLater()
    {
        clock.Ahead += RedactedTexts.Settled;
        await Housekeep();
    }

    private static async Task<(int Status, string Body)> Answer(string method, string sent, Func<ApiCall, Task<IResult>> ask, string[]? datasets = null)
    {
        using var body = new MemoryStream();
        var http = new DefaultHttpContext { RequestServices = Results };
        (http.Request.Method, http.Request.ContentType, http.Response.Body) = (method, "application/json", body);
        http.Request.Body = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(sent));
        var caller = new Caller("key", "legal", Scopes.Admin) { Datasets = datasets };
        await (await ask(new(http.Request, caller, Links))).ExecuteAsync(http);
        return (http.Response.StatusCode, System.Text.Encoding.UTF8.GetString(body.ToArray()));
    }
}

/// <summary>A clock that can be put forward.</summary>
internal sealed class MovingClock(TimeSpan ahead) : TimeProvider
{
    public TimeSpan Ahead { get; set; } = ahead;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;
}
