using System.Reflection;
using LocalFunctionsHost;
using LocalFunctionsHost.Configuration;
using LocalFunctionsHost.Functions;
using LocalFunctionsHost.Timers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Puts a function app together and builds the host that runs it.</summary>
public class FunctionsApplicationBuilder : IHostApplicationBuilder
{
    private readonly WebApplicationBuilder builder;
    private readonly HostSettings settings;

    internal FunctionsApplicationBuilder(string[] args)
    {
        builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = System.Environment.GetEnvironmentVariable("AZURE_FUNCTIONS_ENVIRONMENT") ?? Environments.Development,
        });
        settings = HostSettings.Load(builder.Configuration, args);
        settings.Configure(builder);
    }

    public IDictionary<object, object> Properties => ((IHostApplicationBuilder)builder).Properties;

    IConfigurationManager IHostApplicationBuilder.Configuration => Configuration;

    /// <summary>Settings: the command line, then environment variables, then Values of local.settings.json.</summary>
    public ConfigurationManager Configuration => builder.Configuration;

    public IHostEnvironment Environment => builder.Environment;

    public ILoggingBuilder Logging => builder.Logging;

    public IMetricsBuilder Metrics => builder.Metrics;

    public IServiceCollection Services => builder.Services;

    internal bool ServesWeb { get; set; }

    public IHost Build()
    {
        if (!ServesWeb)
        {
            throw new InvalidOperationException("Call ConfigureFunctionsWebApplication() before Build().");
        }

        var assembly = Assembly.GetEntryAssembly()!;
        builder.Services.AddSingleton(_ => FunctionCatalog.Read(assembly, Configuration, settings.RoutePrefix));
        builder.Services.AddSingleton<TimerRunner>();
        builder.Services.AddHostedService<TimerService>();
        return new LocalHost(BuildServer(), settings);
    }

    public void ConfigureContainer<TContainerBuilder>(IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null)
        where TContainerBuilder : notnull =>
        ((IHostApplicationBuilder)builder).ConfigureContainer(factory, configure);

    // An app that stops itself while it starts has said why; that its server then could not start is no news.
    private WebApplication BuildServer()
    {
        IHostApplicationLifetime? lifetime = null;
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => level >= LogLevel.Warning &&
            lifetime is not { ApplicationStopping.IsCancellationRequested: true, ApplicationStarted.IsCancellationRequested: false });
        var app = builder.Build();
        lifetime = app.Lifetime;
        return app;
    }
}
