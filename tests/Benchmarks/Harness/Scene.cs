using Benchmarks.Baseline;
using Benchmarks.Data;
using Benchmarks.Service;

namespace Benchmarks.Harness;

/// <summary>Both servers with the same rows, and a client. The data is generated once for both.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private readonly BaselineServer baseline;
    private readonly AppServer computing;

    private Scene(Scale scale, AppServer app, AppServer computing, BaselineServer baseline) => (Scale, App, this.computing, this.baseline) = (scale, app, computing, baseline);

    public Scale Scale { get; }

    /// <summary>Our server, as it is without settings: it keeps what it has answered.</summary>
    public AppServer App { get; }

    public FeedClient Client { get; } = new();

    public static async Task<Scene> Set(Scale scale)
    {
        var rows = new CasualtyList();
        var app = await AppServer.Start(new GeneratedReleases(scale.Shape), scale.PageSize, rows.Add);
        var computing = await app.Beside(new() { PageSize = scale.PageSize, KeptPagesMegabytes = 0 });
        return new(scale, app, computing, await BaselineServer.Start(rows.Current(), scale.PageSize));
    }

    /// <summary>An address of ours where every answer is computed; the path as it stands after the service root.</summary>
    public Uri Ours(string path) => new(computing.Root, path);

    /// <summary>The same where an answer that was given before is given again.</summary>
    public Uri Kept(string path) => new(App.Root, path);

    /// <summary>The same of the baseline.</summary>
    public Uri Baseline(string path) => new(baseline.Root, path);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await computing.DisposeAsync();
        await App.DisposeAsync();
        await baseline.DisposeAsync();
    }
}
