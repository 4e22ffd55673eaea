using System.Globalization;
using ConflictData.Datasets;
using ConflictData.Query;
using ConflictData.Releases;

namespace ConflictData.Tests.Query;

/// <summary>Files that the engine writes, and the memory that it has for them.</summary>
public sealed class ParquetFileTests
{
    private const int Rows = 48_000;

    private static readonly Dataset Places = Catalog.Get("Places");

    [Fact]
    public async Task Long_texts_are_written_within_little_more_memory_than_they_take_in_the_engine()
    {
        await using var engine = EngineReading.NewEngine(new() { EngineMemory = "350MB", EngineThreads = 1 });
        engine.Apply([new TestLog().Add(LongPlaces(Rows))], CancellationToken.None);
        using var folder = engine.NewWorkFolder();
        foreach (var order in new[] { "", """ORDER BY "Id" """ })
        {
            var (first, second) = (folder.File("first.parquet"), folder.File("second.parquet"));
            await Write(engine, $"""SELECT * FROM "Places" {order}""", first);
            await Write(engine, $"""SELECT * FROM "Places" {order}""", second);

            Assert.Equal(await engine.Rows(Contents("\"Places\"")), await engine.Rows(Contents($"read_parquet('{first}')")));
            Assert.Equal(await File.ReadAllBytesAsync(first, TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(second, TestContext.Current.CancellationToken));
        }
    }

    /// <summary>Where a few long texts lie together among many short ones they are still not all in one group.</summary>
    [Theory]
    [InlineData(0, 20_000, 1)]
    [InlineData(20_000, 0, 2)]
    [InlineData(20_000, 100_000, 9)]
    public async Task Groups_have_fewer_rows_where_texts_are_long(int longRows, int shortRows, long groups)
    {
        await using var engine = EngineReading.NewEngine(new());
        var shorter = Enumerable.Range(0, shortRows).Select(row => TestLog.Place($"s{row}", "short"));
        engine.Apply([new TestLog().Add([.. LongPlaces(longRows), .. shorter])], CancellationToken.None);
        using var folder = engine.NewWorkFolder();
        var file = folder.File("places.parquet");

        await Write(engine, """SELECT * FROM "Places" """, file);

        Assert.Equal(groups, await engine.Scalar($"SELECT count(DISTINCT row_group_id) FROM parquet_metadata('{file}')"));
    }

    private static string Contents(string source) => $"""SELECT count(*), sum(hash("Id", "Name", _seq))::VARCHAR FROM {source}""";

    private static async Task Write(Engine engine, string query, string path)
    {
        var result = await engine.Session(
            connection =>
            {
                ParquetFile.Write(connection, query, Places.Texts, path);
                return true;
            },
            TestContext.Current.CancellationToken);
        Assert.True(result.Succeeded(out _, out var error), error?.Detail);
    }

    /// <summary>Places with names of 4,000 characters that do not compress to nothing.</summary>
    private static IEnumerable<Revision> LongPlaces(int rows)
    {
        var random = new Random(5);
        var words = string.Join(' ', Enumerable.Range(0, 100_000).Select(_ => random.Next().ToString(CultureInfo.InvariantCulture)));
        return Enumerable.Range(0, rows).Select(row => TestLog.Place($"p{row}", words.Substring(random.Next(words.Length - 4_000), 4_000)));
    }
}
