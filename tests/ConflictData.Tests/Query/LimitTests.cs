using ConflictData.Api;
using ConflictData.Query;
using DuckDB.NET.Data;
using Microsoft.Extensions.Time.Testing;
using static ConflictData.Tests.Query.EngineReading;

namespace ConflictData.Tests.Query;

/// <summary>Queries that never end by themselves, stopped in every way there is.</summary>
public sealed class LimitTests
{
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
        await using var engine = EngineReading.NewEngine(new());
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
        await using var engine = EngineReading.NewEngine(new());
        var query = new SqlQuery($"SELECT $1::BIGINT + (range >= {row})::INTEGER FROM range(1000000)", [long.MaxValue], @class);
        var result = await engine.Execute(query, TestContext.Current.CancellationToken);
        Assert.Equal(ErrorCode.BadQuery, result.Error?.Code);
        Assert.Equal(1L, await engine.Scalar("SELECT 1::BIGINT"));
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

    private static int MakeTable(DuckDBConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE TEMP TABLE mine AS SELECT 1 AS n; SELECT n FROM mine";
        return (int)command.ExecuteScalar()!;
    }
}
