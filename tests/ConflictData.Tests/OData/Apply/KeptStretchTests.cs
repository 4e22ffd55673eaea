using System.Buffers;
using System.Text;
using ConflictData.Datasets;
using ConflictData.OData;
using ConflictData.Query;
using ConflictData.Releases;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Apply;

/// <summary>The result of an $apply that has more than one page is kept, up to so many bytes.</summary>
public sealed class KeptStretchTests : IAsyncLifetime
{
    private const string ByPlace = "groupby((PlaceId),aggregate($count as N))";

    private Engine engine = null!;

    [Fact]
    public async Task The_pages_of_a_result_are_made_of_one_computation()
    {
        using var reader = Reader();
        var first = await Page(reader, ByPlace, 10);
        first.Dispose();
        using var second = await Page(reader, ByPlace, 10, first.Next);
        using var last = await Page(reader, ByPlace, 15, second.Next! with { At = 40 });

        Assert.Same(first.Rows, second.Rows);
        Assert.Same(first.Rows, last.Rows);
        Assert.Equal((10, 10, 40, 10, null), (second.First, second.RowCount, last.First, last.RowCount, last.Next));
        Assert.Equal("p20", last.Rows.Value(second.First + 10, 1));
    }

    [Fact]
    public async Task What_has_one_page_is_not_kept()
    {
        using var reader = Reader();
        using var page = await Page(reader, ByPlace, 50);

        Assert.Equal((50, null, 0), (page.RowCount, page.Next, reader.Held));
    }

    [Theory]
    [InlineData(64_000_000, 1_000_000, 7)]
    [InlineData(64_000_000, 30, 4)]
    [InlineData(64_000_000, 30, 10)]
    [InlineData(64_000_000, 30, 49)]
    [InlineData(2_000, 30, 4)]
    [InlineData(0, 1_000_000, 7)]
    public async Task Pages_give_each_row_once_in_order_whatever_is_kept(long room, int values, int pageSize)
    {
        using var reader = Reader(room, values);
        var rows = await All(reader, $"{ByPlace}/orderby(N desc)", pageSize);

        Assert.Equal(50, rows.Count);
        Assert.Equal(rows.Order(StringComparer.Ordinal), rows);
    }

    [Fact]
    public async Task The_rows_used_last_are_kept_up_to_the_capacity()
    {
        using var reader = Reader(room: 10_000);
        (await Page(reader, ByPlace, 10)).Dispose();
        var one = reader.Held;
        for (var number = 0; number < 20; number++)
        {
            (await Page(reader, $"{ByPlace}/skip({number})", 10)).Dispose();
            Assert.InRange(reader.Held, one / 2, 10_000);
        }
        reader.Dispose();
        Assert.Equal(0, reader.Held);
    }

    [Fact]
    public async Task A_page_that_is_being_written_outlives_what_falls_out()
    {
        using var reader = Reader(room: 3_000);
        using var page = await Page(reader, ByPlace, 10);
        var before = Text(page);
        for (var number = 1; number < 30; number++)
        {
            (await Page(reader, $"{ByPlace}/skip({number})", 10)).Dispose();
        }
        using var again = await Page(reader, ByPlace, 10);

        Assert.NotSame(page.Rows, again.Rows);
        Assert.Equal((before, before), (Text(page), Text(again)));
    }

    [Fact]
    public async Task Many_may_read_and_drop_the_same_rows_at_once()
    {
        using var reader = Reader(room: 4_000, values: 60);
        var readers = Enumerable.Range(0, 24).Select(async number =>
        {
            await Task.Yield();
            return await All(reader, $"{ByPlace}/orderby(N desc)/skip({number % 3})", 3 + (number % 5));
        });
        var results = await Task.WhenAll(readers);

        Assert.Equal(Enumerable.Range(0, 24).Select(number => 50 - (number % 3)), results.Select(rows => rows.Count));
        Assert.All(results, rows => Assert.Equal(rows.Order(StringComparer.Ordinal), rows));
    }

    [Fact]
    public async Task The_key_of_kept_rows_is_what_was_read_and_when()
    {
        await using var server = new Server();
        server.Commit(Rows());
        server.Commit(Record("Places", "p01", ("Name", "One")));
        const string Query = "Casualties?$apply=groupby((Place/Name))";
        var before = await server.Get(Query, headers: ("Prefer", "maxpagesize=1"));
        server.Commit(Record("Places", "p01", ("Name", "Two")));
        var after = await server.Get(Query, headers: ("Prefer", "maxpagesize=1"));

        async Task<string?> Second(Reply first) => (string?)(await server.Get(first.NextLink!, headers: ("Prefer", "maxpagesize=1"))).Json["value"]![0]!["Place"]!["Name"];
        Assert.Equal(("One", "Two"), (await Second(before), await Second(after)));
    }

    public ValueTask InitializeAsync()
    {
        engine = Feed.With(Rows());
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    /// <summary>Fifty places, each named by one casualty.</summary>
    private static IEnumerable<Revision> Rows() => Enumerable.Range(0, 50).Select(number => Casualty($"c{number:D2}", ("PlaceId", $"p{number:D2}")));

    private ApplyReader Reader(long room = 64_000_000, int values = 1_000_000) => new(engine, new Settings(), room, values);

    private static async Task<FeedPage> Page(ApplyReader reader, string apply, int size, PagePosition? from = null)
    {
        var read = await reader.Page(Plan(apply), new(new(1), new(new(1), apply), from, size), TestContext.Current.CancellationToken);
        Assert.True(read.Succeeded(out var page, out var error), error?.Detail);
        return page;
    }

    /// <summary>The first column of every page.</summary>
    private static async Task<List<string>> All(ApplyReader reader, string apply, int size)
    {
        var rows = new List<string>();
        for (PagePosition? next = null; ;)
        {
            using var page = await Page(reader, apply, size, next);
            rows.AddRange(Enumerable.Range(page.First, page.RowCount).Select(row => (string)page.Rows.Value(row, 1)!));
            next = page.Next;
            if (next is null)
            {
                return rows;
            }
        }
    }

    private static string Text(FeedPage page)
    {
        var output = new ArrayBufferWriter<byte>();
        new JsonRows([new("PlaceId", 1), new("N", 2)]).Write(page.Rows, page.First, page.RowCount, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static ApplyPlan Plan(string apply)
    {
        Assert.True(RequestOptions.Read("$apply=" + Uri.EscapeDataString(apply)).Succeeded(out var options, out _));
        var request = new ODataRequest(
            new ODataCall("Casualties", null, new(Server.Root)), new ODataTarget(TargetKind.Set, Catalog.Get("Casualties")), options,
            new Representation("4.01", new AnswerForm(AnswerFormat.Json), new Preferences(null, null, null, null)));
        Assert.True(ApplyPlanner.Plan(request, new Settings()).Succeeded(out var plan, out var error), error?.Detail);
        return plan;
    }
}
