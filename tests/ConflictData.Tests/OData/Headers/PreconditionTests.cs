using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Headers;

/// <summary>If-Match and If-Unmodified-Since (RFC 9110, 13.1.1, 13.1.4 and 13.2): never passed over where there is an answer.</summary>
public sealed class PreconditionTests : IAsyncLifetime
{
    private const string Long = "Thu, 01 Jan 1970 00:00:00 GMT";

    private readonly Server server = new();

    [Theory]
    [InlineData("", "If-Match", "\"zzz\"")]
    [InlineData("$metadata", "If-Match", "\"zzz\"")]
    [InlineData("Places", "If-Match", "\"zzz\", W/\"x\"")]
    [InlineData("Places('raqqa')", "If-Match", "\"zzz\"")]
    [InlineData("Places('raqqa')", "If-Match", "zzz")]
    [InlineData("Places('raqqa')/Name/$value", "If-Match", "\"zzz\"")]
    [InlineData("Places/$count", "If-Match", "\"zzz\"")]
    [InlineData("Places?$format=csv", "If-Match", "\"zzz\"")]
    [InlineData("Places?$apply=aggregate($count as N)", "If-Match", "\"zzz\"")]
    [InlineData("Places", "If-Unmodified-Since", Long)]
    [InlineData("Places('raqqa')", "If-Unmodified-Since", Long)]
    public async Task An_answer_that_does_not_meet_them_is_412(string address, string header, string value)
    {
        foreach (var method in new[] { "GET", "HEAD" })
        {
            Assert.Equal((412, null), await server.Get(address, method: method, headers: (header, value)) is var reply ? (reply.Status, reply.Header("ETag")) : default);
        }
        var error = (await server.Get(address, headers: (header, value))).Json["error"]!;
        Assert.Equal(("preconditionFailed", header), ((string?)error["code"], (string?)error["target"]));
    }

    [Fact]
    public async Task Strong_comparison_never_finds_a_weak_tag_and_comes_before_If_None_Match()
    {
        var tag = (await server.Get("Places")).Header("ETag")!;

        Assert.Equal(412, (await server.Get("Places", headers: ("If-Match", tag))).Status);
        Assert.Equal(412, (await server.Get("Places", headers: [("If-Match", tag), ("If-None-Match", tag)])).Status);
        Assert.Equal(304, (await server.Get("Places", headers: [("If-Match", "*"), ("If-None-Match", tag)])).Status);
    }

    [Theory]
    [InlineData("Places", "If-Match", "*", 200)]
    [InlineData("", "If-Match", "*", 200)]
    [InlineData("Places", "If-Unmodified-Since", "Fri, 01 Jan 2100 00:00:00 GMT", 200)]
    [InlineData("Places", "If-Unmodified-Since", "yesterday", 200)]
    [InlineData("", "If-Unmodified-Since", Long, 200)]
    [InlineData("Places('nobody')", "If-Match", "\"zzz\"", 404)]
    [InlineData("Places('nobody')", "If-Match", "*", 404)]
    [InlineData("Nowhere", "If-Unmodified-Since", Long, 404)]
    public async Task What_meets_them_or_is_not_there_is_answered_as_ever(string address, string header, string value, int status) =>
        Assert.Equal(status, (await server.Get(address, headers: (header, value))).Status);

    [Fact]
    public async Task The_time_of_the_last_change_meets_them()
    {
        var changed = (await server.Get("Places")).Header("Last-Modified")!;

        Assert.Equal(200, (await server.Get("Places", headers: ("If-Unmodified-Since", changed))).Status);
        Assert.Equal(200, (await server.Get("Places", headers: [("If-Match", "*"), ("If-Unmodified-Since", Long)])).Status);
    }

    public ValueTask InitializeAsync()
    {
        server.Commit(Record("Places", "raqqa", ("Name", "Raqqa")));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
