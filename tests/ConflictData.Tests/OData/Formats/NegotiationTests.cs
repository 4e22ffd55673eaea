using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Formats;

/// <summary>Which form an answer has.</summary>
public sealed class NegotiationTests : IAsyncLifetime
{
    private const string Json = "application/json;odata.metadata=minimal;charset=utf-8";
    private const string Csv = "text/csv; charset=utf-8";
    private const string NdJson = "application/x-ndjson; charset=utf-8";

    private readonly Server server = new();

    [Theory]
    [InlineData("", Json)]
    [InlineData("*/*", Json)]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", Json)]
    [InlineData("text/csv", Csv)]
    [InlineData("text/*", Csv)]
    [InlineData("TEXT/CSV; charset=UTF-8; header=present", Csv)]
    [InlineData("application/x-ndjson", NdJson)]
    [InlineData("application/jsonl", NdJson)]
    [InlineData("application/json;q=0.2, text/csv;q=0.9", Csv)]
    [InlineData("text/csv;q=0.2, application/json;q=0.9", Json)]
    [InlineData("*/*;q=0.5, application/json;q=0.1", Csv)]
    [InlineData("*/*, text/csv", Csv)]
    [InlineData("application/json;q=0, */*", Csv)]
    [InlineData("application/json;foo=bar, text/csv;q=0.5", Csv)]
    [InlineData("application/json;odata=verbose, */*;q=0.1", Json)]
    [InlineData("application/json;metadata=none", "application/json;odata.metadata=none;charset=utf-8")]
    [InlineData("application/json;odata.metadata=full", "application/json;odata.metadata=full;charset=utf-8")]
    [InlineData("application/json;odata.streaming=true", "application/json;odata.metadata=minimal;odata.streaming=true;charset=utf-8")]
    [InlineData("application/json;streaming=false;charset=utf-8", Json)]
    [InlineData("application/json;IEEE754Compatible=true", "application/json;odata.metadata=minimal;IEEE754Compatible=true;charset=utf-8")]
    [InlineData("application/json;odata.metadata=minimal;q=1.0,application/json;odata=minimalmetadata;q=0.9,application/atomsvc+xml;q=0.8,application/atom+xml;q=0.8,application/xml;q=0.7,text/plain;q=0.7", Json)]
    public async Task Accept_is_read_by_its_q_values(string accept, string expected)
    {
        var reply = await server.Get("Casualties?$select=Id", headers: ("Accept", accept));

        Assert.Equal((200, expected), (reply.Status, reply.Response.ContentType));
    }

    [Theory]
    [InlineData("json", Json)]
    [InlineData("CSV", Csv)]
    [InlineData("ndjson", NdJson)]
    [InlineData("text/csv", Csv)]
    [InlineData("application/json;odata.metadata=none", "application/json;odata.metadata=none;charset=utf-8")]
    public async Task Format_goes_before_Accept(string format, string expected) =>
        Assert.Equal(expected, (await server.Get($"Casualties?$format={format}", headers: ("Accept", "application/atom+xml"))).Response.ContentType);

    [Theory]
    [InlineData("Casualties", "application/atom+xml")]
    [InlineData("Casualties", "application/xml")]
    [InlineData("Casualties", "application/json;odata=verbose")]
    [InlineData("Casualties", "application/json;charset=iso-8859-1")]
    [InlineData("Casualties", "application/json;q=0")]
    [InlineData("", "text/csv")]
    [InlineData("Casualties('a')/Low", "text/csv")]
    public async Task Nothing_acceptable_is_406_and_says_what_there_is(string path, string accept)
    {
        var reply = await server.Get(path, headers: ("Accept", accept));

        Assert.Equal((406, "notAcceptable", "Accept"), (reply.Status, reply.ErrorCode, (string?)reply.Json["error"]!["target"]));
        Assert.Contains("application/json", (string?)reply.Json["error"]!["message"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Casualties?$format=atom")]
    [InlineData("Casualties?$format=xml")]
    [InlineData("Casualties?$format=application/json;odata.metadata=much")]
    [InlineData("?$format=csv")]
    [InlineData("$metadata?$format=csv")]
    public async Task A_format_that_is_not_there_is_406(string address) =>
        Assert.Equal((406, "notAcceptable"), ((await server.Get(address)).Status, (await server.Get(address)).ErrorCode));

    [Theory]
    [InlineData("Casualties/$count")]
    [InlineData("Casualties('a')/Id/$value")]
    public async Task Bare_text_is_text_whatever_is_asked_for(string address) =>
        Assert.Equal("text/plain;charset=utf-8", (await server.Get(address, headers: ("Accept", "application/json"))).Response.ContentType);

    public ValueTask InitializeAsync()
    {
        server.Commit(Casualty("a", ("Low", 1L)));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
