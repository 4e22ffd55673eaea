using ConflictData.Api;
using ConflictData.Query;
using DuckDB.NET.Data;
using Microsoft.Extensions.Time.Testing;

namespace ConflictData.Tests.Query;

/// <summary>Queries that never end by themselves, stopped in every way there is.</summary>
public sealed class LimitTests
{
    /// <summary>Would run for hours.</summary>
    private const string Endless = "SELECT count(*) FROM range(1000000) AS a, range(1000000) AS b WHERE (a.range * b.range) % 1000003 = 7";

    [Fact]
    public async Task A_query_past_its_time_is_stopped_and_the_engine_goes_on()
    {
        var clock = new FakeTimeProvider();
        await using var engine = new Engine(new(), clock);

        var endless = engine.Execute(new(Endless, [], QueryClass.Heavy), TestContext.Current.CancellationToken);
        await AdvanceUntilDone(clock, endless);

        Assert.Equal(ErrorCode.TimedOut, (await endless).Error?.Code);
        Assert.Equal(1L, await engine.Scalar("SELECT 1::BIGINT"));
    }

    [Fact]
    public async Task Cancellation_stops_its_own_query_only()
    {
        var clock = new FakeTimeProvider();
        await using var engine = new Engine(new(), clock);
        using var one = new CancellationTokenSource();
        using var other = new CancellationTokenSource();
        var cancelled = engine.Execute(new(Endless, [], QueryClass.Heavy), one.Token);
        var untouched = engine.Execute(new(Endless, [], QueryClass.Page), other.Token);

        await one.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);

        for (var round = 0; round < 50; round++)
        {
            Assert.Equal(7L, await engine.Scalar("SELECT 7::BIGINT"));
        }

        Assert.False(untouched.IsCompleted);
        await other.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => untouched);
    }

    /// <summary>Runs for a while and gives the number that it is told.</summary>
    private static SqlQuery Long(long number) => new($"SELECT (count(*) * 0 + {number})::BIGINT FROM range(3000) AS a, range(3000) AS b WHERE (a.range * b.range) % 1000003 = 7", [], QueryClass.Page);

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

        Assert.Equal(Enumerable.Range(1, 12).Select(number => (object?)(long)number), (await Task.WhenAll(others)).Select(OnlyValue));
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

        Assert.Equal(3L, OnlyValue(await third));
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

    [Theory]
    [InlineData(QueryClass.Heavy)]
    [InlineData(QueryClass.Page)]
    public async Task A_query_that_needs_more_memory_than_there_is_is_told_so_and_the_engine_goes_on(QueryClass @class)
    {
        await using var engine = new Engine(new() { EngineMemory = "50MB" }, TimeProvider.System);
        var greedy = await engine.Execute(new("SELECT len(list(range::VARCHAR || repeat('x', 100))) FROM range(5000000)", [], @class), TestContext.Current.CancellationToken);

        Assert.Equal((ErrorCode.Busy, 30), (greedy.Error?.Code, greedy.Error?.RetryAfter));
        Assert.Contains("50MB", greedy.Error?.Detail, StringComparison.Ordinal);
        Assert.Equal(1L, await engine.Scalar("SELECT 1::BIGINT"));
    }

    [Theory]
    [InlineData(QueryClass.Page, true)]
    [InlineData(QueryClass.Heavy, false)]
    public async Task A_page_that_found_no_memory_is_tried_once_more_and_a_heavy_query_is_not(QueryClass @class, bool isRead)
    {
        await using var engine = new Engine(new() { EngineMemory = "50MB" }, TimeProvider.System);
        await engine.Session(connection => Run(connection, "CREATE SEQUENCE tries"), TestContext.Current.CancellationToken);
        // Greedy at the first try only.
        const string Sql = "SELECT len(list(range::VARCHAR || repeat('x', 100))) FROM range(5000000) WHERE range < (SELECT CASE WHEN nextval('tries') = 1 THEN 5000000 ELSE 10 END)";
        var result = await engine.Execute(new(Sql, [], @class), TestContext.Current.CancellationToken);

        Assert.Equal(isRead ? null : ErrorCode.Busy, result.Error?.Code);
        Assert.Equal(isRead ? 10L : null, isRead ? OnlyValue(result) : null);
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

    [Fact]
    public async Task A_session_past_its_time_is_stopped_even_between_its_queries()
    {
        var clock = new FakeTimeProvider();
        await using var engine = new Engine(new(), clock);
        var session = engine.Session<int>(RunForEver, TestContext.Current.CancellationToken);
        await AdvanceUntilDone(clock, session);

        Assert.Equal(ErrorCode.TimedOut, (await session).Error?.Code);
        Assert.Equal(5, (await engine.Session(_ => 5, TestContext.Current.CancellationToken)).Value);
    }

    [Fact]
    public async Task A_session_has_temporary_tables_that_nobody_else_sees()
    {
        await using var engine = EngineReading.NewEngine();
        var first = await engine.Session(MakeTable, TestContext.Current.CancellationToken);
        var second = await engine.Session(MakeTable, TestContext.Current.CancellationToken);
        Assert.Equal((1, 1), (first.Value, second.Value));
    }

    [Theory]
    [InlineData(0, QueryClass.Page)]
    [InlineData(0, QueryClass.Heavy)]
    [InlineData(900_000, QueryClass.Page)]
    [InlineData(900_000, QueryClass.Heavy)]
    public async Task A_value_out_of_range_is_the_callers_error_in_whichever_row_it_is(int row, QueryClass @class)
    {
        await using var engine = EngineReading.NewEngine();
        var query = new SqlQuery($"SELECT $1::BIGINT + (range >= {row})::INTEGER FROM range(1000000)", [long.MaxValue], @class);
        var result = await engine.Execute(query, TestContext.Current.CancellationToken);
        Assert.Equal(ErrorCode.BadQuery, result.Error?.Code);
        Assert.Equal(1L, await engine.Scalar("SELECT 1::BIGINT"));
    }

    private static object? OnlyValue(Result<QueryRows> result)
    {
        Assert.True(result.Succeeded(out var rows, out var error), error?.Detail);
        using (rows)
        {
            return rows.Value(0, 0);
        }
    }

    private static async Task AdvanceUntilDone(FakeTimeProvider clock, Task task)
    {
        while (!task.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }
    }

    private static int RunForEver(DuckDBConnection connection)
    {
        while (true)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT count(*) FROM range(100000)";
            command.ExecuteScalar();
        }
    }

    private static int MakeTable(DuckDBConnection connection) => (int)Run(connection, "CREATE TEMP TABLE mine AS SELECT 1 AS n; SELECT n FROM mine")!;

    private static object? Run(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
