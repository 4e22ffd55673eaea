using ConflictData.Query;

namespace ConflictData.Tests.Query;

public sealed class ConfinementTests
{
    [Theory]
    [InlineData("COPY (SELECT 1) TO '/tmp/conflict-escape.csv'")]
    [InlineData("SELECT * FROM read_csv('/etc/passwd')")]
    [InlineData("SELECT * FROM read_text('/etc/passwd')")]
    [InlineData("SELECT * FROM '/etc/passwd'")]
    [InlineData("SELECT * FROM glob('/etc/*')")]
    [InlineData("ATTACH '/tmp/conflict-escape.db' AS other")]
    [InlineData("INSTALL httpfs")]
    [InlineData("LOAD httpfs")]
    [InlineData("SET memory_limit = '8GB'")]
    [InlineData("SET enable_external_access = true")]
    [InlineData("SET allowed_directories = ['/']")]
    [InlineData("SET lock_configuration = false")]
    [InlineData("RESET threads")]
    public async Task No_statement_reaches_files_network_or_settings(string sql)
    {
        await using var engine = EngineReading.NewEngine();
        var failure = await Record.ExceptionAsync(() => engine.Scalar(sql));
        Assert.NotNull(failure);
        Assert.False(File.Exists("/tmp/conflict-escape.csv") || File.Exists("/tmp/conflict-escape.db"));
        Assert.Equal(1L, await engine.Scalar("SELECT 1::BIGINT"));
    }

    [Fact]
    public async Task Engines_of_one_process_do_not_meet()
    {
        await using var one = EngineReading.NewEngine();
        await using var other = EngineReading.NewEngine();
        var log = new TestLog();
        log.Add([TestLog.Place("p1", "Raqqa")]);
        one.Apply(log.Commits, TestContext.Current.CancellationToken);
        Assert.Equal(1L, await one.Scalar("""SELECT count(*) FROM "Places" """));
        Assert.Equal(0L, await other.Scalar("""SELECT count(*) FROM "Places" """));
    }
}
