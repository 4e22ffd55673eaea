using ConflictData.Query;

namespace ConflictData.Tests.Query;

/// <summary>Reads of a release while the releases after it are applied, as fast as they can be.</summary>
public sealed class CommitDuringReadTests
{
    private const int Records = 200;

    private const int Commits = 500;

    [Theory]
    [InlineData(QueryClass.Page)]
    [InlineData(QueryClass.Heavy)]
    public async Task A_query_sees_its_release_and_nothing_of_a_commit_that_comes_meanwhile(QueryClass @class)
    {
        await using var engine = EngineReading.NewEngine(new());
        await Crowd(engine, async release =>
        {
            using var rows = (await engine.Execute(new(Live(release), [], @class), TestContext.Current.CancellationToken)).Value!;
            Check(release, rows.Rows().Select(row => ((string)row[0]!, (long)row[1]!)));
        });
    }

    [Fact]
    public async Task A_session_sees_its_release_and_nothing_of_a_commit_that_comes_meanwhile()
    {
        await using var engine = EngineReading.NewEngine(new());
        await Crowd(engine, async release => Check(release, (await engine.Session(
            connection =>
            {
                using var command = connection.CreateCommand();
                command.CommandText = Live(release);
                using var reader = command.ExecuteReader();
                var rows = new List<(string, long)>();
                while (reader.Read())
                {
                    rows.Add((reader.GetString(0), reader.GetInt64(1)));
                }
                return rows;
            },
            TestContext.Current.CancellationToken)).Value!));
    }

    private static string Live(int release) => $"""SELECT "Id", "Release" FROM "Places" WHERE {EngineSchema.LiveAt($"{release}")}""";

    /// <summary>Every record is there once, none newer than the release.</summary>
    private static void Check(int release, IEnumerable<(string Id, long Release)> rows)
    {
        var all = rows.ToList();
        Assert.Equal(Records, all.Select(row => row.Id).Distinct().Count());
        Assert.Equal(Records, all.Count);
        Assert.True(all.Max(row => row.Release) <= release);
    }

    /// <summary>Two readers of the newest release, while each commit changes two records.</summary>
    private static async Task Crowd(Engine engine, Func<int, Task> read)
    {
        var log = new TestLog();
        engine.Apply([log.Add(Enumerable.Range(0, Records).Select(n => TestLog.Place($"p{n}", "first")))], CancellationToken.None);
        var writer = Task.Run(
            () =>
            {
                for (var n = 0; n < Commits; n++)
                {
                    engine.Apply([log.Add([TestLog.Place($"p{n % Records}", $"at {n}"), TestLog.Place($"p{(n + 7) % Records}", $"at {n}")])], CancellationToken.None);
                }
            },
            TestContext.Current.CancellationToken);
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            while (!writer.IsCompleted)
            {
                await read(engine.History.Commits.Count);
            }
        }));
        await Task.WhenAll(readers.Append(writer));
    }
}
