using ConflictData.Tests.Query;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Delta;

/// <summary>Delta tokens that are damaged, of another query, or of a release that is not in the past.</summary>
public sealed class DeltaTokenTests
{
    private const string Secrets = "b:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    private static readonly Settings Signed = With(Secrets);

    [Fact]
    public async Task A_token_that_was_tampered_with_is_refused_at_every_character()
    {
        await using var server = Filled(Signed);
        var link = await server.DeltaLink("Casualties?$filter=Low eq null");
        var start = link.IndexOf("deltatoken=", StringComparison.Ordinal) + "deltatoken=".Length;

        for (var index = start; index < link.Length; index++)
        {
            var other = link[index] == 'A' ? 'Q' : 'A';
            var reply = await server.Get($"{link[..index]}{other}{link[(index + 1)..]}");
            // One that seems to be signed with a secret that is given up may once have been good.
            Assert.Contains($"{reply.Status} {reply.ErrorCode}", new[] { "400 badToken", "410 deltaGone" });
        }
    }

    [Theory]
    [InlineData("x")]
    [InlineData("'; DROP TABLE Casualties; --")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AgFiAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task What_is_no_token_is_refused(string token)
    {
        await using var server = Filled(Signed);

        var reply = await server.Get("Casualties?$deltatoken=" + Uri.EscapeDataString(token));

        Assert.Equal((400, "badToken", "$deltatoken"), (reply.Status, reply.ErrorCode, (string?)reply.Json["error"]!["target"]));
    }

    [Theory]
    [InlineData("Low eq null", "Low eq 1", "badToken")]
    [InlineData("$select=Id", "$select=Id,Low", "badToken")]
    [InlineData("$select=Id", "$select=Id&$search=x", "badToken")]
    [InlineData("Casualties?", "Arrests?", "badToken")]
    [InlineData("Casualties?", "Places('p')/Casualties?", "badToken")]
    [InlineData("Casualties?", "CasualtiesWide?", "badToken")]
    [InlineData("$select=Id", "$select=Id&$orderby=Id", "badQuery")]
    [InlineData("$select=Id", "$select=Id&$top=1", "badQuery")]
    [InlineData("$select=Id", "$select=Id&$skip=1", "badQuery")]
    [InlineData("$select=Id", "$select=Id&$expand=Place", "badQuery")]
    [InlineData("$select=Id", "$select=Id&$apply=identity", "badQuery")]
    [InlineData("Casualties?", "Casualties/$ref?", "badQuery")]
    [InlineData("Casualties?", "Casualties('c1')?", "badQuery")]
    [InlineData("Casualties?", "?", "badQuery")]
    [InlineData("Casualties?", "$metadata?", "badQuery")]
    public async Task A_token_of_another_query_is_refused(string from, string to, string code)
    {
        await using var server = Filled(Signed);
        var link = await server.DeltaLink("Casualties?$filter=Low eq null&$select=Id");

        Assert.Equal((400, code), (await server.Get(link.Replace(from, to, StringComparison.Ordinal))) is var reply ? (reply.Status, reply.ErrorCode) : default);
    }

    [Fact]
    public async Task A_token_of_another_root_or_another_kind_is_refused()
    {
        await using var server = Filled(Signed);
        var delta = await server.DeltaLink("Casualties");
        var next = (await server.Get("Casualties")).NextLink!;

        Assert.Equal("badToken", (await server.Get(delta.Replace("api/odata", "api/releases/1/odata", StringComparison.Ordinal), release: "1")).ErrorCode);
        Assert.Equal("badToken", (await server.Get(next.Replace("$skiptoken", "$deltatoken", StringComparison.Ordinal))).ErrorCode);
        Assert.Equal("badToken", (await server.Get(delta.Replace("$deltatoken", "$skiptoken", StringComparison.Ordinal))).ErrorCode);
    }

    [Fact]
    public async Task A_page_among_changes_belongs_to_its_delta_link()
    {
        await using var server = Filled(Signed);
        var early = await server.DeltaLink("Casualties");
        server.Commit(Enumerable.Range(0, 5).Select(n => Casualty($"n{n}")));
        var late = await server.DeltaLink("Casualties");
        server.Commit(Enumerable.Range(0, 5).Select(n => Casualty($"m{n}")));

        var next = (await server.Get(early)).NextLink!;
        var mixed = late + next[next.IndexOf("&$skiptoken", StringComparison.Ordinal)..];

        Assert.Equal("badToken", (await server.Get(mixed)).ErrorCode);
    }

    [Fact]
    public async Task A_link_lives_as_long_as_its_secret_and_then_leads_to_a_new_beginning()
    {
        await using var before = Filled(Signed);
        await using var during = Filled(With($"c:{Convert.ToBase64String(new byte[16])};{Secrets}"));
        await using var after = Filled(With("d:" + Convert.ToBase64String(new byte[32])));
        var link = await before.DeltaLink("Casualties?$filter=Low%20eq%20null&$count=true");

        var gone = await after.Get(link + "&$count=true");

        Assert.Equal(200, (await during.Get(link)).Status);
        Assert.Equal((410, "deltaGone"), (gone.Status, gone.ErrorCode));
        Assert.Equal($"{Server.Root}/Casualties?$filter=Low%20eq%20null", gone.Header("Location"));
    }

    [Fact]
    public async Task A_release_that_is_not_there_any_more_leads_to_a_new_beginning()
    {
        await using var before = Filled(Signed);
        before.Commit(Casualty("late"));
        await using var restored = Filled(Signed);

        var gone = await restored.Get(await before.DeltaLink("Casualties"));

        Assert.Equal((410, "deltaGone", $"{Server.Root}/Casualties"), (gone.Status, gone.ErrorCode, gone.Header("Location")));
        Assert.Equal("$deltatoken", (string?)gone.Json["error"]!["target"]);
    }

    [Fact]
    public async Task A_release_of_a_store_that_was_begun_anew_is_not_taken_for_the_old_one()
    {
        await using var before = Filled(Signed);
        await using var anew = new Server(Signed);
        anew.CommitAt(TestLog.Start.AddDays(1), Casualty("other"));
        anew.CommitAt(TestLog.Start.AddDays(2), Casualty("another"));

        Assert.Equal((410, "deltaGone"), (await anew.Get(await before.DeltaLink("Casualties"))) is var reply ? (reply.Status, reply.ErrorCode) : default);
    }

    private static Settings With(string secrets) => new() { PageSize = 2, TokenSecrets = secrets };

    private static Server Filled(Settings settings)
    {
        var server = new Server(settings);
        server.Commit(Enumerable.Range(0, 5).Select(n => Casualty($"c{n}")));
        return server;
    }
}
