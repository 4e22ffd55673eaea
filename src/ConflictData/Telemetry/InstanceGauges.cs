using System.Diagnostics.Metrics;
using ConflictData.Query;
using Microsoft.Extensions.Hosting;

namespace ConflictData.Telemetry;

/// <summary>What an instance holds, looked at whenever somebody collects: its newest release, how old that is, the engine's memory and how full it is.</summary>
internal sealed class InstanceGauges(Engine engine, TimeProvider clock) : IHostedService
{
    private Meter? meter;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        meter = new Meter(Instruments.Name);
        meter.CreateObservableGauge("conflict.release", () => engine.History.Commits.Count, "{release}", "The newest release that the instance has loaded.");
        meter.CreateObservableGauge("conflict.release.age", Age, "s", "Seconds since the newest release that the instance has loaded was committed.");
        meter.CreateObservableGauge("conflict.engine.memory", engine.MemoryBytes, "By", "Memory that the engine has taken.");
        meter.CreateObservableGauge("conflict.engine.fill", () => engine.Room.Share, "1", "What the engine's tables hold, as a share of what it may take.");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        meter?.Dispose();
        return Task.CompletedTask;
    }

    private IEnumerable<Measurement<double>> Age() =>
        engine.History.Head is { } head ? [new Measurement<double>((clock.GetUtcNow() - head.CommittedAt).TotalSeconds)] : [];
}
