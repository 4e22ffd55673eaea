using ConflictData.Api;
using ConflictData.Query;
using Microsoft.Extensions.Time.Testing;
using static ConflictData.Tests.Query.EngineReading;

namespace ConflictData.Tests.Query;

/// <summary>Many queries at once: who runs, who waits, who is told to come back, and whom a cancellation ends.</summary>
public sealed class QueueTests
{
    [Fact]
    public async Task Of_many_queries_at_once_the_cancelled_one_ends_and_all_others_give_their_rows()
    {
        await using var engine = new Engine(new() { QueriesAtOnce = 8, QueueSeconds = 60 }, new FakeTimeProvider());
        using var one = new CancellationTokenSource();
        var cancelled = engine.Execute(new(Endless, [], QueryClass.Page), one.Token);
        var others = Enumerable.Range(1, 12).Select(number => engine.Execute(Long(number), TestContext.Current.CancellationToken)).ToArray();

        await others[0];
        await one.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);

        Assert.Equal(Enumerable.Range(1, 12).Select(number => (object?)(long)number), (await Task.WhenAll(others)).Select(EngineReading.OnlyValue));
    }

    [Fact]
    public async Task A_query_that_is_cancelled_while_it_waits_gives_its_place_up()
    {
        await using var engine = new Engine(new(), new FakeTimeProvider());
        using var running = new CancellationTokenSource();
        using var waiting = new CancellationTokenSource();
        var first = engine.Execute(new(Endless, [], QueryClass.Heavy), running.Token);
        var second = engine.Execute(new(Endless, [], QueryClass.Heavy), waiting.Token);
        var third = engine.Execute(new("SELECT 3::BIGINT", [], QueryClass.Heavy), TestContext.Current.CancellationToken);

        await waiting.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.False(first.IsCompleted || third.IsCompleted);
        await running.CancelAsync();

        Assert.Equal(3L, (await third).OnlyValue());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public async Task So_many_queries_run_at_once_as_the_setting_says(int atOnce)
    {
        var clock = new FakeTimeProvider();
        await using var engine = new Engine(new() { QueriesAtOnce = atOnce, QueueSeconds = 7 }, clock);
        using var stop = new CancellationTokenSource();
        var running = Enumerable.Range(0, atOnce - 1).Select(_ => engine.Execute(new(Endless, [], QueryClass.Page), stop.Token)).ToArray();
        Assert.Equal(1L, await engine.Scalar("SELECT 1::BIGINT"));
        running = [.. running, engine.Execute(new(Endless, [], QueryClass.Page), stop.Token)];

        var tooMany = engine.Execute(new("SELECT 1", [], QueryClass.Page), TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromSeconds(6.9));
        Assert.False(tooMany.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal((ErrorCode.Busy, 7), ((await tooMany).Error?.Code, (await tooMany).Error?.RetryAfter));
        Assert.Contains("waited 7 seconds", (await tooMany).Error?.Detail, StringComparison.Ordinal);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(running));
        Assert.Equal(1L, await engine.Scalar("SELECT 1::BIGINT"));
    }

    [Fact]
    public async Task A_second_heavy_query_is_told_to_come_back_while_pages_still_run()
    {
        var clock = new FakeTimeProvider();
        await using var engine = new Engine(new(), clock);
        using var stop = new CancellationTokenSource();
        var first = engine.Execute(new(Endless, [], QueryClass.Heavy), stop.Token);

        var second = engine.Execute(new("SELECT 1", [], QueryClass.Heavy), TestContext.Current.CancellationToken);
        var page = await engine.Execute(new("SELECT 1", [], QueryClass.Page), TestContext.Current.CancellationToken);
        Assert.False(second.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(new Settings().QueueSeconds));

        Assert.Equal(ErrorCode.Busy, (await second).Error?.Code);
        Assert.Equal(2, (await second).Error?.RetryAfter);
        Assert.True(page.Succeeded(out var rows, out _));
        rows.Dispose();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal(1L, await engine.Scalar("SELECT 1::BIGINT"));
    }

    /// <summary>Runs for a while and gives the number that it is told.</summary>
    private static SqlQuery Long(long number) => new($"SELECT (count(*) * 0 + {number})::BIGINT FROM range(3000) AS a, range(3000) AS b WHERE (a.range * b.range) % 1000003 = 7", [], QueryClass.Page);
}
