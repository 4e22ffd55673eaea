using LocalFunctionsHost.Functions;
using Microsoft.Extensions.Hosting;

namespace LocalFunctionsHost.Timers;

/// <summary>Runs every timer function by its schedule for as long as the host runs.</summary>
internal sealed class TimerService(FunctionCatalog functions, TimerRunner runner) : BackgroundService
{
    // A timer of the runtime cannot wait for longer than about 49 days.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(functions.Timers.Select(timer => Follow(timer, stoppingToken)));

    private async Task Follow(TimerFunction timer, CancellationToken stopping)
    {
        if (timer.RunOnStartup)
        {
            await runner.Run(timer);
        }

        while (timer.NextAfter(runner.Clock.GetUtcNow()) is { } next)
        {
            await WaitUntil(next, stopping);
            await runner.Run(timer);
        }
    }

    private async Task WaitUntil(DateTimeOffset time, CancellationToken stopping)
    {
        while (time - runner.Clock.GetUtcNow() is { Ticks: > 0 } left)
        {
            await Task.Delay(left < LongestWait ? left : LongestWait, runner.Clock, stopping);
        }
    }
}
