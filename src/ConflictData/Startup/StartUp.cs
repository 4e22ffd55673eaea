using ConflictData.Api;
using ConflictData.Query;
using ConflictData.Releases;
using ConflictData.Snapshots;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ConflictData.Startup;

/// <summary>
/// Brings the app from a bare process to ready: storage, engine, and with <see cref="Settings.LoadSample"/> the sample and its snapshot.
/// In the cloud it tries until it succeeds; on a developer's machine (LoadSample) a storage that cannot be reached ends the start with one line.
/// </summary>
public sealed class StartUp(
    Settings settings,
    LocalConsole console,
    IReleaseStore store,
    ReleaseFollower follower,
    Engine engine,
    FirstStart firstStart,
    SnapshotService snapshots,
    Readiness readiness,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<StartUp> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        console.ShowKey();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await MakeReady(stoppingToken);
                return;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem) when (settings.LoadSample)
            {
                GiveUp(problem);
                return;
            }
            catch (Exception problem)
            {
                log.StartDelayed(problem);
                await Task.Delay(Pause, clock, stoppingToken);
            }
        }
    }

    private async Task MakeReady(CancellationToken cancellation)
    {
        await store.EnsureCreated(cancellation);
        readiness.Stands(Part.Storage);
        var history = Need(await new LoadWatch(follower, engine, clock, log).Over(follower.Current(cancellation)));
        readiness.Stands(Part.Engine);
        if (settings.LoadSample)
        {
            await LoadSample(history, cancellation);
        }

        readiness.Stands(Part.Sample);
        readiness.Stands(Part.Snapshot);
        var release = engine.History.Head?.Release ?? 0;
        log.Ready(release);
        console.ShowReady(release);
    }

    private async Task LoadSample(ReleaseHistory history, CancellationToken cancellation)
    {
        if (history.Head is null)
        {
            await firstStart.LoadSample(cancellation);
        }

        readiness.Stands(Part.Sample);
        if (await snapshots.PublishNewest(cancellation) is { } error)
        {
            throw new StartupException(error.Detail);
        }
    }

    private static T Need<T>(Result<T> result) =>
        result.Succeeded(out var value, out var error) ? value : throw new StartupException(error.Detail);

    private void GiveUp(Exception problem)
    {
        Console.Error.WriteLine(problem switch
        {
            StartupException => problem.Message,
            _ when Failures.IsStorage(problem) => "Storage cannot be reached. Check AzureWebJobsStorage, or set it to UseDevelopmentStorage=true to have a local one started.",
            _ => $"The start failed: {problem.Message}",
        });
        log.StartFailed(problem);
        Environment.ExitCode = 1;
        lifetime.StopApplication();
    }
}
