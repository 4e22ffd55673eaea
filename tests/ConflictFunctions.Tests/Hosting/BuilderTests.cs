using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ConflictFunctions.Tests.Hosting;

public sealed class BuilderTests
{
    [Fact]
    public void Local_settings_are_read_and_the_command_line_wins()
    {
        var builder = TestHost.Builder("--LocalFolder=elsewhere");

        Assert.Equal("dotnet-isolated", builder.Configuration["FUNCTIONS_WORKER_RUNTIME"]);
        Assert.Equal(("", "elsewhere"), (builder.Configuration["AzureWebJobsStorage"], builder.Configuration["LocalFolder"]));
    }

    [Fact]
    public void Storage_on_other_ports_is_passed_on_to_the_app()
    {
        var builder = FunctionsApplication.CreateBuilder(["--AzureWebJobsStorage=UseDevelopmentStorage=true", "--AzuritePort=20000"]);

        Assert.Contains("TableEndpoint=http://127.0.0.1:20002/devstoreaccount1;", builder.Configuration["AzureWebJobsStorage"]);
    }

    [Fact]
    public async Task An_app_that_asks_to_stop_while_it_starts_ends_without_an_exception()
    {
        var builder = TestHost.Builder("--TickSchedule=0 0 0 1 1 *");
        builder.Services.AddHostedService<Quitter>();

        await builder.Build().RunAsync(TestContext.Current.CancellationToken);
    }

    private sealed class Quitter(IHostApplicationLifetime lifetime) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            lifetime.StopApplication();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
