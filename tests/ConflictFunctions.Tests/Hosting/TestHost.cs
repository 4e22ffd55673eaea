using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ConflictFunctions.Tests.Hosting;

/// <summary>The functions of this test assembly on a host of their own, on a free port, without storage.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly IHost host;

    private TestHost(IHost host)
    {
        this.host = host;
        var address = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Client = new() { BaseAddress = new(address) };
    }

    public HttpClient Client { get; }

    public Gate Gate => host.Services.GetRequiredService<Gate>();

    public TickLog Ticks => host.Services.GetRequiredService<TickLog>();

    public static async Task<TestHost> Start(TimeProvider? clock = null)
    {
        var builder = Builder("--TickSchedule=15 */10 * * * *");
        builder.Services.AddSingleton<Gate>().AddSingleton<TickLog>().AddSingleton(clock ?? TimeProvider.System);
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new(host);
    }

    /// <summary>A builder on a free port and without storage, with more settings as arguments.</summary>
    public static FunctionsApplicationBuilder Builder(params string[] settings) =>
        FunctionsApplication.CreateBuilder(["--port", "0", "--AzureWebJobsStorage=", .. settings]).ConfigureFunctionsWebApplication();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await host.StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
    }
}
