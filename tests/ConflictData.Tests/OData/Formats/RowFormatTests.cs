using ConflictData.Snapshots;
using System.Text;
using ConflictData.Datasets;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Formats;

/// <summary>Sets and records as CSV and NDJSON.</summary>
public sealed class RowFormatTests : IAsyncLifetime
{
    private readonly Server server = new(new Settings { PageSize = 3 });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_whole_set_ordered_by_id_is_its_published_file_to_the_byte()
    {
        var reply = await server.Get("Casualties?$orderby=Id&$format=csv");
        var published = await server.Engine.Session(SetFiles.Query(Catalog.Get("Casualties"), 1), (connection, query) =>
        {
            using var file = new MemoryStream();
            SetFiles.WriteText(connection, Catalog.Get("Casualties"), query, file, Stream.Null, Cancellation);
            return Encoding.UTF8.GetString(file.ToArray());
        }, Cancellation);

        Assert.Equal((200, "text/csv; charset=utf-8"), (reply.Status, reply.Response.ContentType));
        Assert.Equal(published.Value, reply.Body);
        Assert.Equal("attachment; filename=\"casualties.csv\"", reply.Header("Content-Disposition"));
    }

    [Fact]
    public async Task A_query_gives_its_columns_in_its_order()
    {
        var reply = await server.Get("Casualties?$select=Low,Id,Note,StartDate,PartsComplete&$filter=Low ge 2&$orderby=Low desc&$top=2&$format=csv");

        Assert.Equal("Low,Id,Note,StartDate,PartsComplete\r\n8,c8,,,\r\n7,c7,\"say \"\"x\"\", قسد\",2022-01-20,true\r\n", reply.Body);
    }

    [Fact]
    public async Task Without_a_page_size_of_the_clients_own_CSV_and_NDJSON_are_whole()
    {
        foreach (var (format, lines) in ((string, int)[])[("csv", 9), ("ndjson", 8)])
        {
            foreach (var query in (string[])["", "&$filter=Low gt 0", "&$orderby=Low desc"])
            {
                var reply = await server.Get($"Casualties?$select=Id&$format={format}{query}");
                Assert.Equal(lines, reply.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
                Assert.Null(reply.Header("Link"));
            }
        }
    }

    [Fact]
    public async Task A_whole_answer_reads_one_release_and_keeps_top_and_skip()
    {
        var reply = await server.Get("Casualties?$select=Id&$skip=1&$top=5&$format=ndjson");

        Assert.Equal(Enumerable.Range(2, 5).Select(number => $"{{\"Id\":\"c{number}\"}}\n"), reply.Body.Split('\n')[..^1].Select(line => line + "\n"));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("ndjson")]
    public async Task A_client_that_asks_for_pages_finds_the_next_one_in_the_link_header(string format)
    {
        var (ids, next) = (new List<string>(), $"Casualties?$select=Id&$format={format}");
        while (next is not null)
        {
            var page = await server.Get(next, headers: ("Prefer", "maxpagesize=3"));
            Assert.Equal("maxpagesize=3", page.Header("Preference-Applied"));
            var lines = page.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            Assert.InRange(lines.Length, 1, 4);
            ids.AddRange(lines.Where(line => line != "Id"));
            next = page.Header("Link") is { } link ? link[1..link.IndexOf('>')] : null;
            Assert.True(next is null || page.Header("Link")!.EndsWith("; rel=\"next\"", StringComparison.Ordinal));
        }

        Assert.Equal(8, ids.Distinct().Count());
    }

    [Fact]
    public async Task The_count_is_a_header_where_there_is_no_place_for_it_in_the_body()
    {
        var reply = await server.Get("Casualties?$count=true&$filter=Low gt 4&$format=csv&$select=Id");

        Assert.Equal("4", reply.Header("Conflict-Count"));
        Assert.Equal("Id\r\nc5\r\nc6\r\nc7\r\nc8\r\n", reply.Body);
    }

    [Fact]
    public async Task An_empty_result_is_a_header_alone_and_no_lines()
    {
        Assert.Equal("Id\r\n", (await server.Get("Casualties?$select=Id&$filter=Low gt 99&$format=csv")).Body);
        Assert.Equal("", (await server.Get("Casualties?$select=Id&$filter=Low gt 99&$format=ndjson")).Body);
    }

    [Fact]
    public async Task A_record_is_a_set_of_one()
    {
        Assert.Equal("Id,Low\r\nc2,2\r\n", (await server.Get("Casualties('C2')?$select=Id,Low&$format=csv")).Body);
        Assert.Equal("{\"Id\":\"c2\",\"Low\":2}\n", (await server.Get("Casualties('c2')?$select=Id,Low&$format=ndjson")).Body);
    }

    [Fact]
    public async Task Lines_hold_the_same_objects_as_a_JSON_page()
    {
        var (lines, page) = (await server.Get("Casualties?$top=3&$format=ndjson"), await server.Get("Casualties?$top=3"));

        Assert.Equal("application/x-ndjson; charset=utf-8", lines.Response.ContentType);
        Assert.Contains(string.Join(',', lines.Body.Split('\n')[..^1]), page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tags_tell_formats_apart()
    {
        var tags = new List<string?>();
        foreach (var format in (string[])["json", "csv", "ndjson"])
        {
            tags.Add((await server.Get($"Casualties?$format={format}")).Header("ETag"));
        }

        Assert.Equal(3, tags.Distinct().Count());
    }

    public ValueTask InitializeAsync()
    {
        server.Commit(Enumerable.Range(1, 8).Select(number => number == 7
            ? Casualty("c7", ("Low", 7L), ("Note", "say \"x\", قسد"), ("StartDate", new DateOnly(2022, 1, 20)), ("PartsComplete", true))
            : Casualty($"c{number}", ("Low", (long)number))));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
