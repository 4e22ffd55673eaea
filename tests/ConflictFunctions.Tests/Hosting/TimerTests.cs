using System.Net;
using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace ConflictFunctions.Tests.Hosting;

public sealed class TimerTests
{
    private static readonly DateTimeOffset Evening = new(2022, 1, 20, 18, 5, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_timer_runs_by_the_expression_that_its_setting_holds()
    {
        var clock = new Clock();
        await using var host = await TestHost.Start(clock);

        Assert.Equal(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(15), await clock.ShortestWait(waits: 3));
        clock.Advance(TimeSpan.FromSeconds(315));
        var first = await host.Ticks.Next();
        Assert.Equal(TimeSpan.FromMinutes(10), await clock.ShortestWait(waits: 1));
        clock.Advance(TimeSpan.FromMinutes(10));
        var second = await host.Ticks.Next();

        Assert.Equal(("Tick", "Tick"), (first.Name, second.Name));
        Assert.Equal(new(2022, 1, 20, 18, 10, 15), second.Timer.ScheduleStatus!.Last);
        Assert.Equal(new(2022, 1, 20, 18, 30, 15), second.Timer.ScheduleStatus.Next);
        Assert.False(second.Timer.IsPastDue);
    }

    [Fact]
    public async Task A_timer_is_fired_by_hand_and_again_after_a_failure()
    {
        await using var host = await TestHost.Start(new Clock());

        Assert.Equal(HttpStatusCode.Accepted, await Fire(host, "FailingTick"));
        Assert.Equal("FailingTick", (await host.Ticks.Next()).Name);
        Assert.Equal(HttpStatusCode.Accepted, await Fire(host, "failingtick"));
        Assert.Equal("FailingTick", (await host.Ticks.Next()).Name);
    }

    [Fact]
    public async Task Only_a_timer_can_be_fired_by_hand()
    {
        await using var host = await TestHost.Start(new Clock());

        Assert.Equal(HttpStatusCode.NotFound, await Fire(host, "Tock"));
        Assert.Equal(HttpStatusCode.NotFound, await Fire(host, "EchoPath"));
    }

    [Fact]
    public async Task Runs_of_one_timer_wait_for_each_other()
    {
        await using var host = await TestHost.Start(new Clock());

        await Fire(host, "SlowTick");
        await Fire(host, "SlowTick");
        Assert.Equal("SlowTick 1", (await host.Ticks.Next()).Name);
        host.Gate.Open();
        Assert.Equal("SlowTick 1", (await host.Ticks.Next()).Name);
    }

    [Fact]
    public async Task A_run_is_stopped_with_the_host()
    {
        await using var host = await TestHost.Start(new Clock());

        await Fire(host, "SlowTick");
        Assert.Equal("SlowTick 1", (await host.Ticks.Next()).Name);
    }

    private static async Task<HttpStatusCode> Fire(TestHost host, string name) =>
        (await host.Client.PostAsync($"admin/functions/{name}", null, TestContext.Current.CancellationToken)).StatusCode;

    /// <summary>Stands still, and tells for how long it is asked to wait.</summary>
    private sealed class Clock() : FakeTimeProvider(Evening)
    {
        private readonly Channel<TimeSpan> waits = Channel.CreateUnbounded<TimeSpan>();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            waits.Writer.TryWrite(dueTime);
            return timer;
        }

        public async Task<TimeSpan> ShortestWait(int waits)
        {
            var shortest = TimeSpan.MaxValue;
            for (var count = 0; count < waits; count++)
            {
                var wait = await this.waits.Reader.ReadAsync(TestContext.Current.CancellationToken);
                shortest = wait < shortest ? wait : shortest;
            }

            return shortest;
        }
    }
}
