using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using ConflictData.Releases;
using ConflictData.Startup;
using ConflictData.Submissions;
using ConflictData.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ConflictData.Telemetry;

/// <summary>
/// Sends what the <see cref="Instruments"/> tell to where the settings say: a collector of OpenTelemetry, or Application Insights. Without
/// such a setting nothing of it is loaded.
/// </summary>
internal static class TelemetryExport
{
    private const string Client = "ClientId=";

    /// <summary>Whose work goes on beside functions: the start, submissions that were promised, and telling of releases at once.</summary>
    private static readonly string[] BesideFunctions =
        [typeof(StartUp).FullName!, typeof(CheckpointReader).FullName!, typeof(LongSubmissions).FullName!, typeof(PromptNotices).FullName!, typeof(NoticeRound).FullName!];

    /// <summary>Adds the exporters that the settings ask for.</summary>
    public static void AddTelemetryExport(this IServiceCollection services, Settings settings)
    {
        if (settings.OtlpEndpoint.Length == 0 && settings.ApplicationInsights.Length == 0)
        {
            return;
        }

        services.AddHostedService<InstanceGauges>();
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(Instruments.Name, serviceVersion: typeof(TelemetryExport).Assembly.GetName().Version?.ToString()))
            .WithTracing(traces => AddTraces(traces, settings))
            .WithMetrics(metrics => AddMetrics(metrics, settings));
        services.AddLogging(logging => AddLines(logging, settings));
    }

    /// <summary>
    /// A collector gets every line. To Application Insights the Functions host brings the lines of functions and drops all others, so those of
    /// work that goes on beside functions are sent from here.
    /// </summary>
    private static void AddLines(ILoggingBuilder logging, Settings settings)
    {
        logging.AddOpenTelemetry(lines =>
        {
            (lines.IncludeScopes, lines.IncludeFormattedMessage) = (true, true);
            if (settings.OtlpEndpoint.Length > 0)
            {
                lines.AddOtlpExporter(to => Send(to, settings, "logs"));
            }

            if (settings.ApplicationInsights.Length > 0)
            {
                lines.AddAzureMonitorLogExporter(to => Send(to, settings));
            }
        });
        if (settings.OtlpEndpoint.Length == 0)
        {
            logging.AddFilter<OpenTelemetryLoggerProvider>((category, level) => level >= LogLevel.Information && BesideFunctions.Any(name => category?.StartsWith(name, StringComparison.Ordinal) == true));
        }
    }

    private static void AddTraces(TracerProviderBuilder traces, Settings settings)
    {
        traces.AddSource(Instruments.Name);
        if (settings.OtlpEndpoint.Length > 0)
        {
            traces.AddOtlpExporter(to => Send(to, settings, "traces"));
        }

        if (settings.ApplicationInsights.Length > 0)
        {
            traces.AddAzureMonitorTraceExporter(to => Send(to, settings));
        }

        // A caller may name a trace, but not decide that it is kept. Last, since an exporter brings a sampler of its own.
        var share = new TraceIdRatioBasedSampler(settings.TracedShare);
        traces.SetSampler(new ParentBasedSampler(share, remoteParentSampled: share, remoteParentNotSampled: share));
    }

    private static void AddMetrics(MeterProviderBuilder metrics, Settings settings)
    {
        metrics.AddMeter(Instruments.Name, "System.Runtime");
        if (settings.OtlpEndpoint.Length > 0)
        {
            metrics.AddOtlpExporter(to => Send(to, settings, "metrics"));
        }

        if (settings.ApplicationInsights.Length > 0)
        {
            metrics.AddAzureMonitorMetricExporter(to => Send(to, settings));
        }
    }

    private static void Send(OtlpExporterOptions to, Settings settings, string signal)
    {
        to.Protocol = OtlpExportProtocol.HttpProtobuf;
        to.Endpoint = new Uri($"{settings.OtlpEndpoint.TrimEnd('/')}/v1/{signal}");
    }

    private static void Send(AzureMonitorExporterOptions to, Settings settings)
    {
        to.ConnectionString = settings.ApplicationInsights;
        if (settings.ApplicationInsightsIdentity.Length > 0)
        {
            to.Credential = new ManagedIdentityCredential(Identity(settings.ApplicationInsightsIdentity));
        }
    }

    /// <summary>The identity that an authentication string names.</summary>
    internal static ManagedIdentityId Identity(string authentication) =>
        authentication.Split(';').FirstOrDefault(part => part.StartsWith(Client, StringComparison.OrdinalIgnoreCase)) is { } client
            ? ManagedIdentityId.FromUserAssignedClientId(client[Client.Length..])
            : ManagedIdentityId.SystemAssigned;
}
