using static ConflictData.Tests.OData.Kept.KeptReading;

namespace ConflictData.Tests.OData.Kept;

/// <summary>Which reads are answered from kept pages, and to whom. The server of these tests compresses nothing else.</summary>
public sealed class KeptChoiceTests
{
    [Theory]
    [InlineData("Casualties?$filter=Low gt 0")]
    [InlineData("Casualties?$orderby=Id")]
    [InlineData("Casualties?$top=5")]
    [InlineData("Casualties?$skip=5")]
    [InlineData("Casualties?$search=hospital")]
    [InlineData("Casualties?$compute=Low add 1 as More&$select=Id,More")]
    [InlineData("Casualties?$expand=Place")]
    [InlineData("Casualties?$apply=aggregate($count as N)")]
    [InlineData("Casualties/$filter(Low gt 0)")]
    [InlineData("Casualties/$ref")]
    [InlineData("Casualties/$count")]
    [InlineData("Casualties('c01')")]
    [InlineData("Places('p')/Casualties")]
    [InlineData("Casualties?$format=csv")]
    [InlineData("Casualties?$format=ndjson")]
    [InlineData("Casualties?$format=application/json;odata.metadata=full")]
    [InlineData("Casualties?$format=application/json;IEEE754Compatible=true")]
    public async Task Any_other_read_is_computed(string address)
    {
        await using var server = Filled(new());
        var reply = await server.Get(address, headers: Gzip);

        Assert.Equal((200, null), (reply.Status, reply.Header("Content-Encoding")));
    }

    [Fact]
    public async Task Without_nulls_a_read_is_computed()
    {
        await using var server = Filled(new());
        await server.Get("Casualties?$select=Id,Note", headers: Gzip);
        var reply = await server.Get("Casualties?$select=Id,Note", headers: [Gzip, ("Prefer", "omit-values=nulls")]);

        Assert.Null(reply.Header("Content-Encoding"));
        Assert.DoesNotContain("Note\":", reply.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_of_a_batch_is_never_compressed_within_it()
    {
        await using var server = Filled(new());
        var reply = await server.Batch("application/json", """{"requests":[{"id":"1","method":"get","url":"Casualties","headers":{"Accept-Encoding":"gzip"}}]}""");

        Assert.Equal(20, reply.Json["responses"]![0]!["body"]!["value"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("gzip", true)]
    [InlineData("gzip, deflate, br, zstd", true)]
    [InlineData("*", true)]
    [InlineData("gzip;q=0.5, identity;q=0.5", true)]
    [InlineData("br;q=0.9, GZIP", true)]
    [InlineData("gzip;q=0.9, br", false)]
    [InlineData("gzip;q=0.5, *", false)]
    [InlineData("identity, gzip;q=0.5", false)]
    [InlineData("gzip;q=0", false)]
    [InlineData("br", false)]
    [InlineData("", false)]
    public async Task A_client_that_likes_nothing_better_gets_gzip(string accept, bool gzip)
    {
        await using var server = Filled(new());
        var reply = await server.Get("Casualties", headers: ("Accept-Encoding", accept));

        Assert.Equal(gzip ? "gzip" : null, reply.Header("Content-Encoding"));
        Assert.Equal(20, reply.Ids.Count);
    }
}
