using ConflictData.Access;
using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.Geo;
using ConflictData.Housekeeping;
using ConflictData.OData;
using ConflictData.OpenApi;
using ConflictData.Query;
using ConflictData.Releases;
using ConflictData.Snapshots;
using ConflictData.Startup;
using ConflictData.Storage;
using ConflictData.Submissions;
using ConflictData.Telemetry;
using ConflictData.Webhooks;
using Microsoft.AspNetCore.Server.Kestrel.Core;
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

        // The server's own request log would print the query, and with it code=.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning));
        // It would say what to attack.
        services.Configure<KestrelServerOptions>(server => server.AddServerHeader = false);
        services.AddSingleton(new StorageAccount(settings));
        services.AddSingleton<IKeyStore, TableKeyStore>();
        services.AddSingleton<KnownKeys>();
        services.AddSingleton(new EntraTokens(settings));
        services.AddSingleton<KeyAnswers>();
        services.AddSingleton<IReleaseStore, TableReleaseStore>();
        services.AddFeed(settings, provider => provider.GetRequiredService<IReleaseStore>());
        services.AddSingleton<CheckpointStore>();
        services.AddSingleton<CheckpointReader>();
        services.AddSingleton<CheckpointWriter>();
        services.AddSingleton<CheckpointRetention>();
        services.AddSingleton<ReleaseAnswers>();
        services.AddSingleton<DiffAnswers>();
        services.AddSingleton<HistoryAnswers>();
        services.AddSingleton<TagAnswers>();
        services.AddSingleton<RedactionStore>();
        services.AddSingleton<RedactionAnswers>();
        services.AddSingleton<RedactedCopies>();
        services.AddSingleton<SubmissionLog>();
        services.AddSingleton<RowRoom>();
        services.AddSingleton<LongSubmissions>();
        services.AddHostedService(provider => provider.GetRequiredService<LongSubmissions>());
        services.AddSingleton<SubmissionService>();
        services.AddSingleton<SubmissionAnswers>();
        services.AddSingleton<RetractionAnswers>();
        services.AddSingleton<CatalogueAnswers>();
        services.AddSingleton<GeoAnswers>();
        services.AddSingleton<InboxAnswers>();
        services.AddSingleton<InboxFiles>();
        services.AddSingleton<InboxRound>();
        services.AddSingleton<SnapshotAnswers>();
        services.AddSingleton<SnapshotStore>();
        services.AddSingleton<SnapshotPublisher>();
        services.AddSingleton<DeltaTables>();
        services.AddSingleton<SnapshotService>();
        services.AddSingleton<OpenApiAnswers>();
        services.AddSingleton<IWebhookStore, TableWebhookStore>();
        services.AddSingleton<WebhookAnswers>();
        services.AddSingleton<NoticeClient>();
        services.AddSingleton<NoticeRound>();
        services.AddHostedService<PromptNotices>();
        services.AddHousekeeping();
        services.AddTelemetryExport(settings);
        services.AddSingleton<Readiness>();
        services.AddSingleton<HealthAnswers>();
        services.AddSingleton<LocalConsole>();
        services.AddSingleton<FirstStart>();
        services.AddHostedService<StartUp>();
        return services;
    }

    /// <summary>The parts of housekeeping, in the order in which they are done.</summary>
    private static void AddHousekeeping(this IServiceCollection services)
    {
        services.AddSingleton<UnfinishedSubmissions>();
        services.AddSingleton<IHousekeepingPart, ReleaseAge>();
        services.AddSingleton<IHousekeepingPart, EngineFill>();
        services.AddSingleton<IHousekeepingPart, Orphans>();
        services.AddSingleton<Checkpoints>();
        services.AddSingleton<OldSnapshots>();
        services.AddSingleton<RedactedTexts>();
        services.AddHostedService<PromptRemoval>();
        services.AddSingleton<IHousekeepingPart>(provider => provider.GetRequiredService<Checkpoints>());
        services.AddSingleton<IHousekeepingPart, ExpiredKeys>();
        services.AddSingleton<IHousekeepingPart>(provider => provider.GetRequiredService<OldSnapshots>());
        services.AddSingleton<IHousekeepingPart>(provider => provider.GetRequiredService<RedactedTexts>());
        services.AddSingleton<HousekeepingRound>();
    }

    /// <summary>Adds the reading half alone: the pipeline, the engine that follows a store, and the feed.</summary>
    public static IServiceCollection AddFeed(this IServiceCollection services, Settings settings, Func<IServiceProvider, IReleaseReader> releases)
    {
        services.AddSingleton(settings);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(releases);
        services.AddSingleton<Engine>();
        services.AddSingleton<ReleaseFollower>();
        services.AddSingleton<PageTokens>();
        services.AddSingleton<ODataService>();
        services.AddSingleton<ODataAnswers>();
        services.AddSingleton(new AdminKey(settings));
        services.AddSingleton<CallLimits>();
        services.AddSingleton<KeyRing>();
        services.AddSingleton<AnswerHeaders>();
        services.AddSingleton<Compression>();
        services.AddSingleton<ApiPipeline>();
        return services;
    }
}
