using System.Buffers;
using System.Text;
using System.Text.Json;
using ConflictData.Query;
using CsCheck;

namespace ConflictData.Tests.Query;

public sealed class JsonRowsTests
{
    private const string Types = "($1::VARCHAR, $2::BIGINT, $3::DOUBLE, $4::BOOLEAN, $5::DATE, $6::TIMESTAMP, $7::INTEGER)";

    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.String[Gen.Char[' ', '~'], 0, 40],
        Gen.String[Gen.OneOf(Gen.Char['\u0001', '\u007f'], Gen.Char['\u0600', '\u06ff'], Gen.Char['\u2020', '\u2030']), 0, 200],
        Gen.Int[0, 20].Select(length => string.Concat(Enumerable.Repeat("a😀\"\\", length))),
        Gen.Int[10_000, 60_000].Select(length => new string('\u0002', length)));

    private static readonly Gen<object?[]> Rows = Gen.Select(
        Maybe(Texts),
        Maybe(Gen.OneOf(Gen.Long, Gen.Long[-12, 12])),
        Maybe(Gen.Double.Where(double.IsFinite)),
        Maybe(Gen.Bool),
        Maybe(Gen.Date.Select(DateOnly.FromDateTime)),
        Maybe(Gen.DateTime.Select(Instant)),
        Maybe(Gen.Int),
        (text, whole, number, truth, day, instant, small) => new[] { text, whole, number, truth, day, instant, small });

    [Fact]
    public async Task Values_of_every_type_read_back_as_they_are()
    {
        await using var engine = EngineReading.NewEngine();
        await Rows.SampleAsync(
            async values =>
            {
                using var rows = await Read(engine, $"SELECT * FROM (VALUES {Types}) AS t(a, b, c, d, e, f, g)", values);
                using var json = JsonDocument.Parse(Write(rows, 0, 1));
                var members = json.RootElement.EnumerateObject().ToList();
                Assert.Equal(["a", "b", "c", "d", "e", "f", "g"], members.Select(member => member.Name));
                Assert.All(members.Zip(values), pair => AssertSame(pair.Second, pair.First.Value));
            },
            iter: 400, threads: 1);
    }

    [Fact]
    public async Task Any_range_over_any_chunks_has_its_rows_and_no_more()
    {
        await using var engine = EngineReading.NewEngine();
        using var rows = await Read(engine, "SELECT range AS n, CASE WHEN range % 3 = 0 THEN NULL ELSE 'row ' || range END AS t, NULL::DATE AS d FROM range(7000)");
        var all = Enumerable.Range(0, 7000).Select(n => $$"""{"n":{{n}},"t":{{(n % 3 == 0 ? "null" : $"\"row {n}\"")}},"d":null}""").ToArray();
        Gen.Select(Gen.Int[0, 7000], Gen.Int[0, 7000]).Sample(
            (from, to) =>
            {
                var (first, count) = (Math.Min(from, to), Math.Abs(to - from));
                Assert.Equal(string.Join(',', all.Skip(first).Take(count)), Encoding.UTF8.GetString(Write(rows, first, count)));
            },
            iter: 50, threads: 1);
    }

    [Fact]
    public async Task Lines_end_each_with_a_line_feed()
    {
        await using var engine = EngineReading.NewEngine();
        using var rows = await Read(engine, "SELECT range AS n FROM range(3)");
        var output = new ArrayBufferWriter<byte>();
        JsonRows.Of(rows.Columns).WriteLines(rows, 1, 2, output);
        Assert.Equal("{\"n\":1}\n{\"n\":2}\n", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public async Task Objects_within_a_row_are_null_where_their_column_is()
    {
        await using var engine = EngineReading.NewEngine();
        using var rows = await Read(engine, """
            SELECT * FROM (VALUES ('a', 'p1', 'Raqqa', NULL, 'x'), ('b', NULL, NULL, NULL, 'y'), ('c', 'p2', NULL, 'p3', 'z'))
            """);
        JsonField[] parent = [new("Id", 3)];
        var json = new JsonRows([new("Id", 0), new("Place", 1, [new("Id", 1), new("Name", 2), new("Parent", 3, parent)]), new("Last", 4)]);
        var output = new ArrayBufferWriter<byte>();
        json.Write(rows, 0, 3, output);
        Assert.Equal(
            """
            {"Id":"a","Place":{"Id":"p1","Name":"Raqqa","Parent":null},"Last":"x"},{"Id":"b","Place":null,"Last":"y"},{"Id":"c","Place":{"Id":"p2","Name":null,"Parent":{"Id":"p3"}},"Last":"z"}
            """,
            Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Theory]
    [InlineData("'NaN'::DOUBLE", "\"NaN\"")]
    [InlineData("'-inf'::DOUBLE", "\"-INF\"")]
    [InlineData("'inf'::DOUBLE", "\"INF\"")]
    [InlineData("1e20::DOUBLE", "1E+20")]
    [InlineData("sum(9223372036854775807) FROM range(3)", "27670116110564327421")]
    [InlineData("TIMESTAMP '1969-12-31 23:59:59.5'", "\"1969-12-31T23:59:59.5Z\"")]
    [InlineData("TIMESTAMP '2026-01-02 03:04:05'", "\"2026-01-02T03:04:05Z\"")]
    [InlineData("DATE '0001-01-01'", "\"0001-01-01\"")]
    [InlineData("'\u001f\u0000\u007f/'", "\"\\u001f\\u0000\u007f/\"")]
    [InlineData("''", "\"\"")]
    public async Task Unusual_values_are_written_as_OData_has_them(string expression, string expected)
    {
        await using var engine = EngineReading.NewEngine();
        var sql = expression.Contains(" FROM ", StringComparison.Ordinal) ? expression.Replace(" FROM ", " AS v FROM ") : $"{expression} AS v";
        using var rows = await Read(engine, $"SELECT {sql.Replace("\0", "' || chr(0) || '")}");
        Assert.Equal($$"""{"v":{{expected}}}""", Encoding.UTF8.GetString(Write(rows, 0, 1)));
    }

    [Fact]
    public async Task A_column_of_a_type_that_is_not_read_is_a_bug()
    {
        await using var engine = EngineReading.NewEngine();
        using var rows = await Read(engine, "SELECT INTERVAL 1 DAY AS i");
        Assert.Throws<NotSupportedException>(() => Write(rows, 0, 1));
        Assert.Throws<NotSupportedException>(() => rows.Value(0, 0));
    }

    private static Gen<object?> Maybe<T>(Gen<T> values) =>
        Gen.Frequency((4, values.Select(value => (object?)value)), (1, Gen.Const((object?)null)));

    private static object Instant(DateTime time) => new DateTimeOffset(time.Ticks - (time.Ticks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    private static void AssertSame(object? expected, JsonElement actual)
    {
        object? read = actual.ValueKind == JsonValueKind.Null ? null : expected switch
        {
            string => actual.GetString(),
            long => actual.GetInt64(),
            int => actual.GetInt32(),
            double => actual.GetDouble(),
            bool => actual.GetBoolean(),
            DateOnly => DateOnly.ParseExact(actual.GetString()!, "yyyy-MM-dd"),
            DateTimeOffset => actual.GetDateTimeOffset(),
            _ => actual.GetRawText(),
        };
        Assert.Equal(expected, read);
        if (expected is double or long)
        {
            Assert.Equal(JsonSerializer.Serialize(expected), actual.GetRawText());
        }
    }

    private static byte[] Write(QueryRows rows, int from, int count)
    {
        var output = new ArrayBufferWriter<byte>();
        JsonRows.Of(rows.Columns).Write(rows, from, count, output);
        return output.WrittenSpan.ToArray();
    }

    private static async Task<QueryRows> Read(Engine engine, string sql, params object?[] parameters)
    {
        var result = await engine.Execute(new(sql, parameters, QueryClass.Page), TestContext.Current.CancellationToken);
        Assert.True(result.Succeeded(out var rows, out var error), error?.Detail);
        return rows;
    }
}
