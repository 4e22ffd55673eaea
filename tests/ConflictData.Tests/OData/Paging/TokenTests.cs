using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Paging;

public sealed class TokenTests
{
    private const string Secrets = "b:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    [Fact]
    public async Task A_token_that_was_tampered_with_is_refused_at_every_character()
    {
        await using var server = await Filled(new() { PageSize = 2 });
        var link = (await server.Get("Casualties?$top=5")).NextLink!;
        var start = link.IndexOf("skiptoken=", StringComparison.Ordinal) + "skiptoken=".Length;

        for (var index = start; index < link.Length; index++)
        {
            var other = link[index] == 'A' ? 'Q' : 'A';
            var reply = await server.Get($"{link[..index]}{other}{link[(index + 1)..]}");
            Assert.Equal((400, "badToken"), (reply.Status, reply.ErrorCode));
        }
    }

    [Theory]
    [InlineData("x")]
    [InlineData("Id-'a09'")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("'; DROP TABLE Casualties; --")]
    public async Task What_is_no_token_is_refused(string token)
    {
        await using var server = await Filled(new());

        Assert.Equal("badToken", (await server.Get("Casualties?$skiptoken=" + Uri.EscapeDataString(token))).ErrorCode);
    }

    [Theory]
    [InlineData("$top=5", "$top=6")]
    [InlineData("$top=5", "$top=5&$filter=Low eq 1")]
    [InlineData("Casualties?", "Arrests?")]
    [InlineData("Casualties?", "Casualties/$count?")]
    public async Task A_token_of_another_query_is_refused(string from, string to)
    {
        await using var server = await Filled(new() { PageSize = 2 });
        var link = (await server.Get("Casualties?$top=5")).NextLink!;

        Assert.Equal(400, (await server.Get(link.Replace(from, to, StringComparison.Ordinal))).Status);
        Assert.Equal("badToken", (await server.Get(link.Replace("api/odata", "api/releases/1/odata", StringComparison.Ordinal), release: "1")).ErrorCode);
    }

    [Fact]
    public async Task A_token_lets_its_reader_on_for_this_hour_and_the_next_and_every_page_renews_that()
    {
        await using var server = await Filled(new() { PageSize = 2 });
        var first = Query(await server.Get("Casualties", keyId: "k1"));
        Assert.Equal(new("k1", "owner-k1"), server.Tokens.Authorisation(first));

        server.Clock.Advance(TimeSpan.FromMinutes(89));
        Assert.NotNull(server.Tokens.Authorisation(first));
        var second = Query(await server.Get("Casualties" + first, keyId: "k1"));

        server.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Null(server.Tokens.Authorisation(first));
        Assert.NotNull(server.Tokens.Authorisation(second));
        Assert.Equal(200, (await server.Get("Casualties" + first, keyId: "k2")).Status);
    }

    [Fact]
    public async Task An_anonymous_readers_token_authorises_nobody()
    {
        await using var server = await Filled(new() { PageSize = 2 });

        Assert.Null(server.Tokens.Authorisation(Query(await server.Get("Casualties"))));
        Assert.Null(server.Tokens.Authorisation("?$skiptoken=AAAA"));
        Assert.Null(server.Tokens.Authorisation(""));
    }

    [Fact]
    public async Task A_secret_can_be_replaced_without_ending_reads_under_way()
    {
        await using var before = await Filled(new() { PageSize = 2, TokenSecrets = Secrets });
        await using var during = await Filled(new() { PageSize = 2, TokenSecrets = $"c:{Convert.ToBase64String(new byte[16])};{Secrets}" });
        await using var after = await Filled(new() { PageSize = 2, TokenSecrets = "d:" + Convert.ToBase64String(new byte[32]) });
        var link = (await before.Get("Casualties")).NextLink!;

        Assert.Equal(200, (await during.Get(link)).Status);
        Assert.Equal("badToken", (await after.Get(link)).ErrorCode);
    }

    [Theory]
    [InlineData("nocolon")]
    [InlineData("a:c2hvcnQ=")]
    [InlineData("a:%%%")]
    public void A_secret_that_is_none_stops_the_start(string setting) =>
        Assert.ThrowsAny<FormatException>(() => new ConflictData.OData.PageTokens(new() { TokenSecrets = setting }, TimeProvider.System));

    private static async Task<Server> Filled(Settings settings)
    {
        var server = new Server(settings);
        server.Commit(Enumerable.Range(0, 10).Select(n => Casualty($"c{n}")));
        return await Task.FromResult(server);
    }

    private static string Query(Reply reply) => new Uri(reply.NextLink!).Query;
}
