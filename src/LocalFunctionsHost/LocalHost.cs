using LocalFunctionsHost.Configuration;
using LocalFunctionsHost.Functions;
using LocalFunctionsHost.Http;
using LocalFunctionsHost.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LocalFunctionsHost;

/// <summary>A function app with its server and its storage: storage comes first and goes last.</summary>
internal sealed class LocalHost(WebApplication app, HostSettings settings) : IHost, IAsyncDisposable
{
    private readonly LocalStorage storage = new(settings);

    public IServiceProvider Services => app.Services;

    /// <summary>Starts everything. What keeps it from starting is said in one line, and the host stops with exit code 1.</summary>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            var functions = Services.GetRequiredService<FunctionCatalog>();
            Ports.RefuseTaken(settings.Port);
            app.MapFunctions(functions);
            app.MapAdmin(functions);
            await storage.Start(cancellationToken);
            await app.StartAsync(cancellationToken);
            FunctionList.Write(Console.Out, functions, app.Urls.First());
        }
        catch (StartupException problem)
        {
            EndWith(problem.Message);
        }
        catch (IOException problem) when (problem.InnerException is AddressInUseException)
        {
            EndWith(Ports.Taken(settings.Port).Message);
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // The app itself asked to stop before it had started, and has said why.
        }
    }

    public Task StopAsync(CancellationToken cancellationToken = default) => app.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await storage.DisposeAsync();
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private void EndWith(string problem)
    {
        Console.Error.WriteLine(problem);
        Environment.ExitCode = 1;
        app.Lifetime.StopApplication();
    }
}
