using Benchmarks.Data;
using Benchmarks.Harness;
using ConflictData;
using ConflictData.Access;
using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.OData;
using ConflictData.Query;
using ConflictData.Releases;

namespace Benchmarks.Service;

/// <summary>Our feed as the app serves it: the same services behind the same pipeline, the engine loaded from generated releases.</summary>
internal sealed class AppServer : IAsyncDisposable
{
    private static readonly ApiRoute Feed = new(Scopes.None, ErrorShape.OData);

    private readonly WebApplication web;

    private AppServer(WebApplication web, Uri root) => (this.web, Root) = (web, root);

    /// <summary>Address of the service document.</summary>
    public Uri Root { get; }

    /// <summary>Loads all releases, telling of each, and then listens.</summary>
    public static async Task<AppServer> Start(GeneratedReleases releases, int pageSize, Action<CommittedRevisions> onRead)
    {
        var builder = Loopback.Builder();
        builder.Services.AddFeed(
            new Settings { AnonymousRead = true, RequestsPerMinute = 0, PageSize = pageSize }, _ => new GeneratedStore(releases, onRead));
        var web = builder.Build();
        await Load(web.Services, releases.Shape);
        return await Listen(web);
    }

    /// <summary>Listens at once and loads what is in storage meanwhile, as the whole app does. Settings come from the environment.</summary>
    public static Task<AppServer> StartCold()
    {
        var builder = Loopback.Builder();
        builder.Services.AddConflictData(builder.Configuration);
        return Listen(builder.Build());
    }

    /// <summary>A server of its own over the same engine, with other settings and, where there are, more addresses.</summary>
    public Task<AppServer> Beside(Settings settings, Action<IServiceCollection>? services = null, Action<WebApplication>? addresses = null)
    {
        var builder = Loopback.Builder();
        (settings.AnonymousRead, settings.RequestsPerMinute) = (true, 0);
        builder.Services.AddFeed(settings, _ => throw new InvalidOperationException("The releases are loaded already."));
        builder.Services.AddSingleton(web.Services.GetRequiredService<Engine>());
        builder.Services.AddSingleton(web.Services.GetRequiredService<ReleaseFollower>());
        services?.Invoke(builder.Services);
        var beside = builder.Build();
        addresses?.Invoke(beside);
        return Listen(beside);
    }

    /// <summary>Commits a release that touches a place and nothing else.</summary>
    public void RenamePlace()
    {
        var engine = web.Services.GetRequiredService<Engine>();
        var release = new GeneratedReleases(FeedShape.Small).Renaming(engine.History.Commits.Count + 1, engine.LastSequence(Catalog.Get("Places")) + 1);
        engine.Apply([release], CancellationToken.None);
    }

    public ValueTask DisposeAsync() => web.DisposeAsync();

    private static async Task<AppServer> Listen(WebApplication web)
    {
        web.MapGet("/api/odata/{*path}", Answer);
        return new(web, new Uri(await Loopback.Start(web), "api/odata/"));
    }

    private static async Task Load(IServiceProvider services, FeedShape shape)
    {
        var loaded = await services.GetRequiredService<ReleaseFollower>().Current(CancellationToken.None);
        if (!loaded.Succeeded(out var history, out var error) || history.Commits.Count != shape.Releases)
        {
            throw new InvalidOperationException($"The generated releases could not be loaded. {error}");
        }
    }

    private static Task<IResult> Answer(HttpRequest request, string? path, ApiPipeline pipeline, ODataAnswers answers) =>
        pipeline.Run(request, Feed, call => answers.Feed(call, null, path));
}
