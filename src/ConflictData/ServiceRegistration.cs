using ConflictData.Access;
using ConflictData.Api;
using ConflictData.OData;
using ConflictData.Query;
using ConflictData.Releases;
using ConflictData.Snapshots;
using ConflictData.Startup;
using ConflictData.Storage;
using ConflictData.Submissions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ConflictData;

/// <summary>Puts the parts together.</summary>
public static class ServiceRegistration
{
    /// <summary>Adds all that the function classes ask for. One instance of each part a process.</summary>
    /// <exception cref="StartupException">A setting cannot be used.</exception>
    public static IServiceCollection AddConflictData(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = Settings.Read(configuration);
        services.AddSingleton(settings);

        // The server's own request log would print the query, and with it code=.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new StorageAccount(settings));
        services.AddSingleton<IReleaseStore, TableReleaseStore>();
        services.AddSingleton<IReleaseReader>(provider => provider.GetRequiredService<IReleaseStore>());
        services.AddSingleton<SubmissionLog>();
        services.AddSingleton<Engine>();
        services.AddSingleton<ReleaseFollower>();
        services.AddSingleton<ReleaseAnswers>();
        services.AddSingleton<SubmissionService>();
        services.AddSingleton<SubmissionAnswers>();
        services.AddSingleton<PageTokens>();
        services.AddSingleton<ODataService>();
        services.AddSingleton<ODataAnswers>();
        services.AddSingleton<SnapshotStore>();
        services.AddSingleton<SnapshotPublisher>();
        services.AddSingleton<SnapshotService>();
        services.AddSingleton(new AdminKey(settings));
        services.AddSingleton<KeyRing>();
        services.AddSingleton<Compression>();
        services.AddSingleton<ApiPipeline>();
        services.AddSingleton<Readiness>();
        services.AddSingleton<HealthAnswers>();
        services.AddSingleton<LocalConsole>();
        services.AddSingleton<FirstStart>();
        services.AddHostedService<StartUp>();
        return services;
    }
}
