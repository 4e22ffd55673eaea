using ConflictData.Api;
using ConflictData.Query;
using DuckDB.NET.Data;
using Microsoft.Extensions.Time.Testing;

namespace ConflictData.Tests.Query;

/// <summary>Queries that need more memory than the engine may take.</summary>
public sealed class MemoryTests
{
    [Theory]
    [InlineData(QueryClass.Heavy)]
    [InlineData(QueryClass.Page)]
    public async Task A_query_that_needs_more_memory_than_there_is_is_told_so_and_the_engine_goes_on(QueryClass @class)
    {
        await using var engine = new Engine(new() { EngineMemory = "50MB" }, TimeProvider.System);
        var greedy = await engine.Execute(new("SELECT len(list(range::VARCHAR || repeat('x', 100))) FROM range(5000000)", [], @class), TestContext.Current.CancellationToken);

        Assert.Equal((ErrorCode.BadQuery, null), (greedy.Error?.Code, greedy.Error?.RetryAfter));
        Assert.Contains("50MB", greedy.Error?.Detail, StringComparison.Ordinal);
        Assert.Equal(1L, await engine.Scalar("SELECT 1::BIGINT"));
    }

    [Theory]
    [InlineData(QueryClass.Page, true)]
    [InlineData(QueryClass.Heavy, false)]
    public async Task A_page_that_found_no_memory_is_tried_once_more_and_a_heavy_query_is_not(QueryClass @class, bool isRead)
    {
        await using var engine = new Engine(new() { EngineMemory = "50MB" }, TimeProvider.System);
        await engine.Session(MakeSequence, TestContext.Current.CancellationToken);
        // Greedy at the first try only.
        const string Sql = "SELECT len(list(range::VARCHAR || repeat('x', 100))) FROM range(5000000) WHERE range < (SELECT CASE WHEN nextval('tries') = 1 THEN 5000000 ELSE 10 END)";
        var result = await engine.Execute(new(Sql, [], @class), TestContext.Current.CancellationToken);

        Assert.Equal(isRead ? null : ErrorCode.BadQuery, result.Error?.Code);
        Assert.Equal(isRead ? 10L : null, isRead ? result.OnlyValue() : null);
    }

    [Theory]
    [InlineData(QueryClass.Heavy)]
    [InlineData(QueryClass.Page)]
    public async Task Beside_others_a_query_that_found_no_memory_is_told_to_come_back_but_not_for_ever(QueryClass @class)
    {
        var clock = new FakeTimeProvider();
        await using var engine = new Engine(new() { EngineMemory = "50MB" }, clock);
        using var over = new ManualResetEventSlim();
        var begun = new TaskCompletionSource();
        var beside = engine.Session(Hold, TestContext.Current.CancellationToken);
        await begun.Task;

        Assert.Equal((ErrorCode.Busy, 30), await Ask(5_000_000));
        Assert.Equal((ErrorCode.BadQuery, null), await Ask(5_000_000));
        Assert.Equal((ErrorCode.Busy, 30), await Ask(5_000_001));
        clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal((ErrorCode.Busy, 30), await Ask(5_000_001));
        over.Set();
        await beside;
        Assert.Equal((ErrorCode.BadQuery, null), await Ask(5_000_002));

        bool Hold(DuckDBConnection connection)
        {
            begun.SetResult();
            return over.Wait(TimeSpan.FromMinutes(1));
        }

        async Task<(ErrorCode?, int?)> Ask(long rows)
        {
            var greedy = await engine.Execute(new("SELECT len(list(range::VARCHAR || repeat('x', 100))) FROM range($1)", [rows], @class), TestContext.Current.CancellationToken);
            return (greedy.Error?.Code, greedy.Error?.RetryAfter);
        }
    }

    private static int MakeSequence(DuckDBConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE SEQUENCE tries";
        return command.ExecuteNonQuery();
    }
}
