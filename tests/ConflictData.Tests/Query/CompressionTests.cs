using ConflictData.Datasets;
using ConflictData.Query;
using ConflictData.Releases;
using DuckDB.NET.Data;

namespace ConflictData.Tests.Query;

public sealed class CompressionTests
{
    /// <summary>More rows than the engine keeps in one group, so that there are full groups and one that is not.</summary>
    private const int Rows = 150_000;

    private static readonly string[] Conditions =
    [
        "\"Kind\" = 'town'", "\"Kind\" <> 'town'", "\"Kind\" > 'facility'", "\"Kind\" IN ('camp', 'road')", "\"Kind\" IS NULL", "\"Name\" = 'Place 77'",
        "\"Name\" >= 'Place 9'", "contains(\"Name\", '99')", "contains(\"OtherNames\", 'ö')", "length(\"OtherNames\") > 12", "\"OtherNames\" IS NOT DISTINCT FROM NULL",
        "\"Id\" > 'p14'", "\"AdminLevel\" > 3", "\"AdminLevel\" + 1 < 3", "\"Latitude\" BETWEEN 33.5 AND 35.25", "\"Release\" = 2", "\"ModifiedAt\" < TIMESTAMP '2026-01-10 12:30:00'",
    ];

    [Fact]
    public async Task Compressed_rows_meet_the_conditions_that_plain_ones_meet()
    {
        await using var engine = EngineReading.NewEngine(new());
        engine.Apply(Places().Commits, TestContext.Current.CancellationToken);
        Assert.Equal(0L, await Loose(engine));

        var differences = await engine.Session(Differences, TestContext.Current.CancellationToken);

        Assert.Empty(differences.Value!);
    }

    [Fact]
    public async Task Compressed_rows_lie_in_the_order_of_their_sequence_numbers_and_are_found_by_them()
    {
        await using var engine = EngineReading.NewEngine(new());
        engine.Apply(Places().Commits, TestContext.Current.CancellationToken);

        for (var after = 0; after < Rows; after += 29_000)
        {
            var page = await engine.Rows($"""SELECT _seq, "Id" FROM "Places" WHERE _seq > {after} AND {EngineSchema.LiveAt("3")} LIMIT 5000""");
            Assert.Equal(page.Select(row => (long)row[0]!).Order(), page.Select(row => (long)row[0]!));
            var (sequence, id) = ((long)page[^1][0]!, page[^1][1]);
            Assert.Equal(id, await engine.Scalar($"""SELECT "Id" FROM "Places" WHERE _seq IN ({sequence})"""));
        }
    }

    [Fact]
    public async Task A_read_that_began_before_puts_compression_off_and_the_next_commit_makes_up_for_it()
    {
        await using var engine = EngineReading.NewEngine(new());
        var log = new TestLog();
        log.Add(Enumerable.Range(0, 500).Select(row => TestLog.Place($"p{row}", "Raqqa")));
        engine.Apply(log.Commits, TestContext.Current.CancellationToken);

        await engine.Session(
            connection =>
            {
                // A session reads one state of the tables, from its first statement on.
                Scalar(connection, """SELECT count(*) FROM "Places" """);
                log.Add(Enumerable.Range(0, 500).Select(row => TestLog.Place($"p{row}", "Homs")));
                engine.Apply([log.Commits[^1]], CancellationToken.None);
                Assert.Equal(500L, Scalar(connection, $"""SELECT count(*) FROM "Places" WHERE _to = {EngineSchema.Open}"""));
                return true;
            },
            TestContext.Current.CancellationToken);
        Assert.Equal(500L, await Loose(engine));

        log.Add([TestLog.Place("one", "Hama")]);
        engine.Apply([log.Commits[^1]], TestContext.Current.CancellationToken);

        Assert.Equal(1L, await Loose(engine));
        Assert.Equal(501L, await engine.Scalar($"""SELECT count(*) FROM "Places" WHERE {EngineSchema.LiveAt("3")}"""));
        Assert.Equal(500L, await engine.Scalar($"""SELECT count(*) FROM "Places" WHERE "Name" = 'Raqqa' AND {EngineSchema.LiveAt("1")}"""));
    }

    /// <summary>A first release, and two that each replace some of what was there and add some.</summary>
    private static TestLog Places()
    {
        var log = new TestLog();
        log.Add(Enumerable.Range(0, Rows - 20_000).Select(Place));
        log.Add(Enumerable.Range(0, 10_000).Select(row => Place(row * 13)));
        log.Add(Enumerable.Range(Rows - 20_000, 10_000).Select(Place));
        return log;
    }

    private static Revision Place(int row) => TestLog.Make(
        Catalog.Get("Places"), $"p{row}", RevisionAction.Upsert, "new",
        ("Name", $"Place {row % 1000}"),
        ("Kind", (row % 7) switch { 0 => null, 1 => "camp", 2 => "road", 3 => "facility", _ => "town" }),
        ("OtherNames", row % 3 == 0 ? $"Ort {row} mit schönem Namen" : row % 3 == 1 ? "" : null),
        ("AdminLevel", row % 5 == 0 ? null : (long)(row % 5)),
        ("Latitude", row % 4 == 0 ? null : 33 + (row % 300 / 100.0)));

    /// <summary>Temporary tables are never compressed.</summary>
    private static List<string> Differences(DuckDBConnection connection)
    {
        Run(connection, """CREATE TEMP TABLE plain AS SELECT * FROM "Places" """);
        var live = EngineSchema.LiveAt("2");
        return [.. Conditions.Append("TRUE").Where(condition =>
            Scalar(connection, $"""SELECT count(*) FROM ((FROM "Places" WHERE {condition} AND {live}) EXCEPT (FROM plain WHERE {condition} AND {live}))""") != 0
            || Scalar(connection, $"""SELECT count(*) FROM "Places" WHERE {condition} AND {live}""") != Scalar(connection, $"SELECT count(*) FROM plain WHERE {condition} AND {live}"))];
    }

    /// <summary>How many rows are stored as they came.</summary>
    private static async Task<object?> Loose(Engine engine) => await engine.Scalar("""
        SELECT coalesce(sum(count), 0)::BIGINT FROM pragma_storage_info('Places') WHERE column_name = 'Name' AND segment_type = 'VARCHAR' AND compression = 'Uncompressed'
        """);

    private static void Run(DuckDBConnection connection, string sql) => Scalar(connection, sql);

    private static long Scalar(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() is long value ? value : 0;
    }
}
