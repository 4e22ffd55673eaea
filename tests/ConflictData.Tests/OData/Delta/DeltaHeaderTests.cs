using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Delta;

public sealed class DeltaHeaderTests : IAsyncLifetime
{
    private readonly Server server = new();

    [Fact]
    public async Task Changes_that_are_known_are_304_until_what_the_query_reads_changes()
    {
        var link = await server.DeltaLink("Casualties?$filter=Place/Name eq 'Raqqa'");
        server.Commit(Casualty("b", ("PlaceId", "raqqa")));
        var tag = (await server.Get(link)).Header("ETag")!;

        server.Commit(Record("Sources", "s"));
        var same = await server.Get(link, headers: ("If-None-Match", tag));
        server.Commit(Record("Places", "raqqa", ("Name", "Ar-Raqqa")));
        var other = await server.Get(link, headers: ("If-None-Match", tag));

        Assert.Equal((304, "", "3"), (same.Status, same.Body, same.Header("Conflict-Release")));
        Assert.Equal((200, "changed a"), (other.Status, Assert.Single(other.Changes())));
    }

    [Fact]
    public async Task A_tag_is_of_one_link_form_reader_and_page()
    {
        var early = await server.DeltaLink("Casualties");
        server.Commit(Casualty("b"), Casualty("c"));
        var late = await server.DeltaLink("Casualties");
        server.Commit(Casualty("d"), Casualty("e"));
        var small = await server.Get(early, headers: ("Prefer", "maxpagesize=1"));
        var tags = new[]
        {
            await server.Get(early), await server.Get(late), small, await server.Get(small.NextLink!, headers: ("Prefer", "maxpagesize=1")),
            await server.Get(early, headers: ("OData-MaxVersion", "4.0")), await server.Get(early, keyId: "k"), await server.Get(early + "&$count=true"),
            await server.Get("Casualties"), await server.Get("Casualties", headers: ("Prefer", "track-changes")),
        };

        Assert.Equal(tags.Length, tags.Select(reply => reply.Header("ETag")).Distinct().Count());
    }

    [Theory]
    [InlineData(null, "no-cache")]
    [InlineData("latest", "no-cache")]
    [InlineData("1", "private, max-age=3600")]
    public async Task Changes_up_to_a_moving_release_are_not_kept(string? release, string expected)
    {
        var link = await server.DeltaLink("Casualties", release);

        Assert.Equal(expected, (await server.Get(link, release)).Header("Cache-Control"));
    }

    [Fact]
    public async Task Head_gives_the_headers_without_a_body()
    {
        var link = await server.DeltaLink("Casualties");
        server.Commit(Casualty("b"));
        var (get, head) = (await server.Get(link), await server.Get(link, method: "HEAD"));

        Assert.Equal((200, "", get.Header("ETag")), (head.Status, head.Body, head.Header("ETag")));
    }

    [Theory]
    [InlineData("text/csv", 406)]
    [InlineData("application/x-ndjson", 406)]
    [InlineData("application/json;odata.metadata=none", 406)]
    [InlineData("text/csv, application/json;q=0.5", 200)]
    public async Task Changes_come_as_JSON_that_says_what_was_removed(string accept, int status)
    {
        var link = await server.DeltaLink("Casualties");

        Assert.Equal(status, (await server.Get(link, headers: ("Accept", accept))).Status);
    }

    public ValueTask InitializeAsync()
    {
        server.Commit(Record("Places", "raqqa", ("Name", "Raqqa")), Casualty("a", ("PlaceId", "raqqa")));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
