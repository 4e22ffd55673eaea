using System.Threading.Channels;
using Microsoft.Azure.Functions.Worker;

namespace ConflictFunctions.Tests.Hosting;

/// <summary>Timers that tell when they run.</summary>
public sealed class TickFunctions(TickLog log, Gate gate)
{
    [Function("Tick")]
    public void Tick([TimerTrigger("%TickSchedule%")] TimerInfo timer) => log.Write("Tick", timer);

    [Function("FailingTick")]
    public void Fail([TimerTrigger("30 0 0 1 1 *")] TimerInfo timer)
    {
        log.Write("FailingTick", timer);
        throw new InvalidOperationException("no tick");
    }

    [Function("SlowTick")]
    public async Task Slow([TimerTrigger("0 0 0 1 1 *")] TimerInfo timer, CancellationToken cancellation)
    {
        log.Write($"SlowTick {log.Enter()}", timer);
        await gate.Opened.WaitAsync(cancellation);
        log.Leave();
    }
}

/// <summary>What the timers of one host did.</summary>
public sealed class TickLog
{
    private readonly Channel<(string Name, TimerInfo Timer)> ticks = Channel.CreateUnbounded<(string, TimerInfo)>();
    private int running;

    public void Write(string name, TimerInfo timer) => ticks.Writer.TryWrite((name, timer));

    public ValueTask<(string Name, TimerInfo Timer)> Next() => ticks.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public int Enter() => Interlocked.Increment(ref running);

    public void Leave() => Interlocked.Decrement(ref running);
}
