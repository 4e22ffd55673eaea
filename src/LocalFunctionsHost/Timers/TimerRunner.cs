using System.Collections.Concurrent;
using LocalFunctionsHost.Functions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LocalFunctionsHost.Timers;

/// <summary>Runs timer functions: one run of each at a time, failures logged and not tried again.</summary>
internal sealed class TimerRunner(IServiceScopeFactory scopes, IHostApplicationLifetime lifetime, ILoggerFactory loggers, TimeProvider? clock = null)
{
    private readonly ConcurrentDictionary<TimerFunction, Turn> turns = [];

    /// <summary>The clock that timers go by: the app's, where it has one.</summary>
    public TimeProvider Clock { get; } = clock ?? TimeProvider.System;

    /// <summary>Runs a function when its run before has ended. Never throws.</summary>
    public async Task Run(TimerFunction function)
    {
        var logger = loggers.CreateLogger($"Function.{function.Name}");
        var turn = turns.GetOrAdd(function, _ => new());
        try
        {
            await turn.Lock.WaitAsync(lifetime.ApplicationStopping);
            try
            {
                await RunInScope(function, turn);
                logger.LogInformation("The timer {Function} ran", function.Name);
            }
            finally
            {
                turn.Lock.Release();
            }
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            logger.LogInformation("The timer {Function} was stopped with the host", function.Name);
        }
        catch (Exception error)
        {
            logger.LogError(error, "The timer {Function} failed", function.Name);
        }
    }

    private async Task RunInScope(TimerFunction function, Turn turn)
    {
        var now = Clock.GetUtcNow();
        var status = new ScheduleStatus
        {
            Last = turn.Last,
            Next = function.NextAfter(now)?.UtcDateTime ?? default,
            LastUpdated = turn.Last,
        };
        turn.Last = now.UtcDateTime;
        await using var scope = scopes.CreateAsyncScope();
        await function.Run(new(function, scope.ServiceProvider, lifetime.ApplicationStopping) { Timer = new() { ScheduleStatus = status } });
    }

    private sealed class Turn
    {
        public SemaphoreSlim Lock { get; } = new(1);

        public DateTime Last { get; set; }
    }
}
