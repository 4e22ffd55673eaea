using System.Security.Cryptography;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Options;

/// <summary>Options in the body of a POST to /$query (4.01 part 2, 4.16), for queries that no address has room for.</summary>
public sealed class QuerySegmentTests : IAsyncLifetime
{
    private readonly Server server = new(new() { MaxQueryBody = 20_000 });

    [Theory]
    [InlineData("Casualties/$query", "$filter=Low gt 1&$orderby=Low desc", "c b")]
    [InlineData("Casualties/$query?$orderby=Low desc", "$filter=Low%20gt%201", "c b")]
    [InlineData("Casualties/$QUERY", "filter=Id in @ids&@ids=['a','c']", "a c")]
    [InlineData("Places('p')/Casualties/$query", "$top=1", "a")]
    [InlineData("Casualties/$filter(Low gt 1)/$query", "$filter=Low lt 3", "b")]
    [InlineData("Casualties/$query", "", "a b c")]
    [InlineData("Casualties/$query", "?$top=1&$select=Id", "a")]
    [InlineData("Casualties/$query", "\uFEFF$top=1", "a")]
    public async Task They_mean_what_they_mean_in_an_address(string address, string body, string ids)
    {
        var reply = await server.Post(address, "text/plain", body);

        Assert.True(reply.Status == 200, reply.Body);
        Assert.Equal(ids, string.Join(' ', reply.Ids));
        Assert.Equal(("no-store", null, "1"), (reply.Header("Cache-Control"), reply.Header("ETag"), reply.Header("Conflict-Release")));
    }

    [Fact]
    public async Task A_query_longer_than_any_address_is_read()
    {
        var many = $"$filter=Id in ({string.Join(',', Enumerable.Range(0, 900).Select(number => $"'nobody-{number}'"))},'b')";
        Assert.True(many.Length > server.Settings.MaxAddress);

        Assert.Equal(["b"], (await server.Post("Casualties/$query", "text/plain;charset=utf-8", many + "&$top=5")).Ids);
        Assert.Equal("1", (await server.Post("Casualties/$count/$query", "text/plain", many)).Body);
        Assert.Equal("Id\r\nb\r\n", (await server.Post("Casualties/$query", "text/plain", many + "&$select=Id&$format=csv")).Body);
        Assert.Equal("badQuery", (await server.Get("Casualties?" + many)).ErrorCode);
    }

    [Fact]
    public async Task Its_pages_go_on_by_links_as_longeras_they_fit_into_one()
    {
        var page = await server.Post("Casualties/$query", "text/plain", "$filter=Low ge 1&$select=Id", ("Prefer", "maxpagesize=2"));
        var longer = await server.Post("Casualties/$query", "text/plain", $"$filter=Id ne '{new string('x', 3000)}'", ("Prefer", "maxpagesize=2"));
        var noise = string.Concat(Enumerable.Range(0, 60).Select(n => Convert.ToHexString(SHA256.HashData([(byte)n]))));
        var tooLong = await server.Post("Casualties/$query", "text/plain", $"$filter=Id ne '{noise}'");

        Assert.Equal(["a", "b"], page.Ids);
        Assert.Equal(["c"], (await server.Get(page.NextLink!)).Ids);
        Assert.Equal(["c"], (await server.Get(longer.NextLink!)).Ids);
        Assert.Equal(400, tooLong.Status);
        Assert.Contains("ask for at most 10000 rows with $top, or for CSV or NDJSON", (string)tooLong.Json["error"]!["message"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Casualties/$query", "application/json", "{}", 415)]
    [InlineData("Casualties/$query", "text/plain", "$nope=1", 400)]
    [InlineData("Casualties/$query?$top=1", "text/plain", "$top=2", 400)]
    [InlineData("Nope/$query", "text/plain", "", 404)]
    [InlineData("Casualties", "text/plain", "$top=1", 501)]
    [InlineData("$query", "text/plain", "", 501)]
    public async Task What_is_malformed_is_refused(string address, string type, string body, int status) =>
        Assert.Equal(status, (await server.Post(address, type, body)).Status);

    [Theory]
    [InlineData("text/plain", "Content-Encoding", "gzip")]
    [InlineData("text/plain", "Content-Encoding", "br, identity")]
    [InlineData("text/plain;charset=utf-16", "Content-Type", null)]
    public async Task Options_that_cannot_be_read_are_not_left_out(string type, string target, string? coding)
    {
        var reply = await server.Post("Casualties/$query", type, "$top=1", coding is null ? [] : [("Content-Encoding", coding)]);

        Assert.Equal((415, "unsupportedMediaType", target), (reply.Status, reply.ErrorCode, (string?)reply.Json["error"]!["target"]));
    }

    [Fact]
    public async Task A_body_that_is_no_text_is_refused() =>
        Assert.Equal(400, (await server.Post("Casualties/$query", "text/plain", [0x1f, 0x8b, 8, 0, 0xff])).Status);

    [Fact]
    public async Task At_the_root_it_is_said_where_it_stands() =>
        Assert.Contains("such as Places/$query", (await server.Post("$query", "text/plain", "")).Body, StringComparison.Ordinal);

    [Fact]
    public async Task It_is_not_read_by_GET() => Assert.Equal(501, (await server.Get("Casualties/$query")).Status);

    public ValueTask InitializeAsync()
    {
        server.Commit(
            Record("Places", "p"), Casualty("a", ("Low", 1L), ("PlaceId", "p")), Casualty("b", ("Low", 2L), ("PlaceId", "p")), Casualty("c", ("Low", 3L)));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
