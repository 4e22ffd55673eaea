using Benchmarks.Baseline;
using Benchmarks.Data;
using Benchmarks.Service;

namespace Benchmarks.Harness;

/// <summary>Both servers with the same rows, and a client. The data is generated once for both.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private readonly BaselineServer baseline;

    private Scene(Scale scale, AppServer app, BaselineServer baseline) => (Scale, App, this.baseline) = (scale, app, baseline);

    public Scale Scale { get; }

    /// <summary>Our server.</summary>
    public AppServer App { get; }

    public FeedClient Client { get; } = new();

    public static async Task<Scene> Set(Scale scale)
    {
        var rows = new CasualtyList();
        var app = await AppServer.Start(new GeneratedReleases(scale.Shape), scale.PageSize, rows.Add);
        return new(scale, app, await BaselineServer.Start(rows.Current(), scale.PageSize));
    }

    /// <summary>An address of ours; the path as it stands after the service root.</summary>
    public Uri Ours(string path) => new(App.Root, path);

    /// <summary>The same of the baseline.</summary>
    public Uri Baseline(string path) => new(baseline.Root, path);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.DisposeAsync();
        await baseline.DisposeAsync();
    }
}
