using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Headers;

public sealed class HeaderTests : IAsyncLifetime
{
    private const string PowerBIAccept = "application/json;odata.metadata=minimal;q=1.0,application/json;odata=minimalmetadata;q=0.9,application/atomsvc+xml;q=0.8,application/atom+xml;q=0.8,application/xml;q=0.7,text/plain;q=0.7";

    private readonly Server server = new();

    [Fact]
    public async Task An_answer_names_release_version_and_time()
    {
        server.Commit(Record("Sources", "s"));
        var reply = await server.Get("Casualties");

        Assert.Equal("4.01", reply.Header("OData-Version"));
        Assert.Equal("2", reply.Header("Conflict-Release"));
        Assert.Equal("Sat, 10 Jan 2026 12:00:00 GMT", reply.Header("Last-Modified"));
        Assert.Equal("application/json;odata.metadata=minimal;charset=utf-8", reply.Response.ContentType);
        Assert.Equal("no-cache", reply.Header("Cache-Control"));
    }

    [Fact]
    public async Task Power_BI_gets_4_0_and_JSON_for_its_headers()
    {
        var reply = await server.Get("Casualties", headers: [("Accept", PowerBIAccept), ("OData-MaxVersion", "4.0"), ("MaxDataServiceVersion", "3.0")]);

        Assert.Equal((200, "4.0"), (reply.Status, reply.Header("OData-Version")));
        Assert.StartsWith("application/json", reply.Response.ContentType, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_known_answer_is_304_until_its_dataset_changes()
    {
        var tag = (await server.Get("Casualties")).Header("ETag")!;
        server.Commit(Record("Sources", "s"));
        var same = await server.Get("Casualties", headers: ("If-None-Match", $"\"x\", {tag}"));
        server.Commit(Casualty("b"));
        var other = await server.Get("Casualties", headers: ("If-None-Match", tag));

        Assert.Equal((304, "", "2"), (same.Status, same.Body, same.Header("Conflict-Release")));
        Assert.Equal(200, other.Status);
    }

    [Fact]
    public async Task A_tag_is_of_one_query_root_form_reader_and_hour()
    {
        var tags = new List<string?>
        {
            (await server.Get("Casualties")).Header("ETag"),
            (await server.Get("Casualties?$filter=Low eq 1")).Header("ETag"),
            (await server.Get("Casualties", release: "1")).Header("ETag"),
            (await server.Get("Casualties?$format=application/json;odata.metadata=none")).Header("ETag"),
            (await server.Get("Casualties", headers: ("OData-MaxVersion", "4.0"))).Header("ETag"),
            (await server.Get("Casualties", headers: ("Prefer", "maxpagesize=5"))).Header("ETag"),
            (await server.Get("Casualties", keyId: "k")).Header("ETag"),
            (await server.Get("Casualties('a')")).Header("ETag"),
            (await server.Get("Arrests")).Header("ETag"),
        };
        server.Clock.Advance(TimeSpan.FromHours(1));
        tags.Add((await server.Get("Casualties")).Header("ETag"));

        Assert.Equal(tags.Count, tags.Distinct().Count());
    }

    [Theory]
    [InlineData("1", "Casualties", "private, max-age=3600")]
    [InlineData("1", "Casualties?$top=5", "private, max-age=31536000, immutable")]
    [InlineData("1", "Casualties('a')", "private, max-age=31536000, immutable")]
    [InlineData("latest", "Casualties", "no-cache")]
    [InlineData("2026-01-10T12:00:00Z", "Casualties", "no-cache")]
    [InlineData("9", "Casualties", "no-store")]
    public async Task Only_a_numbered_release_may_be_kept(string release, string address, string expected) =>
        Assert.Equal(expected, (await server.Get(address, release)).Header("Cache-Control"));

    [Fact]
    public async Task A_release_committed_elsewhere_is_loaded_when_it_is_named()
    {
        server.CommitElsewhere(Casualty("b"));

        Assert.Equal("2", (await server.Get("Casualties", headers: ("Conflict-Min-Release", "2"))).Header("Conflict-Release"));
        Assert.Equal("releaseNotFound", (await server.Get("Casualties", headers: ("Conflict-Min-Release", "3"))).ErrorCode);
        Assert.Equal("badRequest", (await server.Get("Casualties", headers: ("Conflict-Min-Release", "x"))).ErrorCode);
        Assert.Equal("releaseNotFound", (await server.Get("Casualties", release: "17")).ErrorCode);
    }

    [Theory]
    [InlineData("3.0")]
    [InlineData("x")]
    public async Task A_client_older_than_4_0_is_refused(string version) =>
        Assert.Equal("badRequest", (await server.Get("Casualties", headers: ("OData-MaxVersion", version))).ErrorCode);

    [Fact]
    public async Task Without_metadata_there_is_no_context()
    {
        var reply = await server.Get("Casualties?$select=Id&$count=true", headers: ("Accept", "application/json;odata.metadata=none"));

        Assert.Equal("""{"@odata.count":1,"value":[{"Id":"a"}]}""", reply.Body);
    }

    [Theory]
    [InlineData("Casualties")]
    [InlineData("")]
    [InlineData("$metadata")]
    public async Task Head_gives_the_headers_of_get_without_a_body(string path)
    {
        var (get, head) = (await server.Get(path), await server.Get(path, method: "HEAD"));

        Assert.Equal((200, "", get.Header("ETag")), (head.Status, head.Body, head.Header("ETag")));
    }

    public ValueTask InitializeAsync()
    {
        server.Commit(Casualty("a", ("Low", 1L)));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
