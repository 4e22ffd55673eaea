using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Delta;

/// <summary>Who gets a delta link, and what is in it.</summary>
public sealed class DeltaLinkTests : IAsyncLifetime
{
    private readonly Server server = new(new Settings { PageSize = 4 });

    [Theory]
    [InlineData("Casualties")]
    [InlineData("Places")]
    [InlineData("Casualties?$filter=Low ge 3")]
    [InlineData("Casualties?$filter=Place/Name eq 'Raqqa' or Source/Citation ne null")]
    [InlineData("Casualties/$filter(Low ge 3)")]
    [InlineData("Casualties?$search=market OR bridge")]
    [InlineData("Casualties?$select=Id,Low&$count=true")]
    [InlineData("Casualties?$orderby=Low desc")]
    [InlineData("Casualties?$orderby=Place/Name")]
    [InlineData("Casualties?$filter=Low eq @n&@n=3")]
    [InlineData("Casualties?$compute=Low mul 2 as Twice&$filter=Twice gt 2")]
    [InlineData("Casualties?$format=application/json;odata.metadata=full;IEEE754Compatible=true")]
    public async Task A_whole_set_of_records_in_JSON_is_tracked(string address)
    {
        var reply = await server.Get(address, headers: ("Prefer", "track-changes"));
        for (; reply.NextLink is { } next; reply = await server.Get(next))
        {
            Assert.Equal((null, "track-changes"), (reply.DeltaLink, reply.Header("Preference-Applied")));
        }

        Assert.Equal("track-changes", reply.Header("Preference-Applied"));
        Assert.Empty(await server.Changes(reply.DeltaLink!));
    }

    [Theory]
    [InlineData("Casualties?$select=Low")]
    [InlineData("Casualties?$select=Low&$filter=Low eq 1&$format=application/json;odata.metadata=full")]
    [InlineData("Casualties?$top=2")]
    [InlineData("Casualties?$skip=9")]
    [InlineData("Casualties?$expand=Place")]
    [InlineData("Casualties?$apply=filter(Low eq 1)")]
    [InlineData("Casualties?$compute=Place/Name as Town&$filter=Low eq 1")]
    [InlineData("Casualties?$format=csv")]
    [InlineData("Casualties?$format=ndjson")]
    [InlineData("Casualties?$format=application/json;odata.metadata=none&$filter=Low eq 1")]
    [InlineData("Casualties/$ref?$filter=Low eq 1")]
    [InlineData("Casualties/$count")]
    [InlineData("Casualties('c1')")]
    [InlineData("Casualties('c1')/Low")]
    [InlineData("Places('raqqa')/Casualties?$filter=Low eq 1")]
    [InlineData("CasualtiesWide?$filter=Low eq 1")]
    [InlineData("Releases")]
    public async Task What_cannot_be_tracked_is_answered_without_the_preference(string address)
    {
        var reply = await server.Get(address, headers: ("Prefer", "track-changes"));

        Assert.Equal((200, null), (reply.Status, reply.Header("Preference-Applied")));
        Assert.DoesNotContain("deltaLink", reply.Body, StringComparison.Ordinal);
        Assert.Equal(reply.Body, (await server.Get(address)).Body);
    }

    [Fact]
    public async Task A_query_whose_links_would_be_too_long_is_not_tracked()
    {
        async Task<Reply> Get(int length) => await server.Get($"Casualties?$filter=Note eq '{new string('x', length)}'", headers: ("Prefer", "track-changes"));

        var (fits, tooLong) = (await Get(1700), await Get(1780));

        Assert.InRange(fits.DeltaLink!.Length, 1700, 2000);
        Assert.Equal(200, (await server.Get(fits.DeltaLink)).Status);
        Assert.Equal((200, null, null), (tooLong.Status, tooLong.DeltaLink, tooLong.Header("Preference-Applied")));
    }

    [Theory]
    [InlineData("track-changes", "4.01", "track-changes")]
    [InlineData("odata.track-changes", "4.01", "odata.track-changes")]
    [InlineData("maxpagesize=2, Odata.Track-Changes", "4.0", "maxpagesize=2, odata.track-changes")]
    public async Task The_preference_is_read_in_every_spelling_and_kept_over_the_pages(string prefer, string version, string applied)
    {
        var first = await server.Get("Casualties", headers: [("Prefer", prefer), ("OData-MaxVersion", version)]);
        var second = await server.Get(first.NextLink!, headers: ("OData-MaxVersion", version));

        Assert.Equal(applied, first.Header("Preference-Applied"));
        Assert.Equal(version == "4.0" ? "odata.track-changes" : "track-changes", second.Header("Preference-Applied"));
    }

    [Fact]
    public async Task Kept_pages_carry_the_link_for_those_who_asked()
    {
        var tracked = new List<Reply>();
        for (string? next = "Casualties?$select=Low,Id"; next is not null; next = tracked[^1].NextLink)
        {
            tracked.Add(await server.Get(next, headers: [("Accept-Encoding", "gzip"), ("Prefer", "track-changes")]));
        }

        Assert.All(tracked, page => Assert.Equal(("gzip", "track-changes"), (page.Header("Content-Encoding"), page.Header("Preference-Applied"))));
        Assert.Equal(tracked[^1].DeltaLink, await server.DeltaLink("Casualties?$select=Low,Id"));
        Assert.NotNull((await server.Get("Places", headers: [("Accept-Encoding", "gzip"), ("Prefer", "track-changes")])).DeltaLink);
        Assert.Null((await server.Get("Places", headers: ("Accept-Encoding", "gzip"))).DeltaLink);
    }

    [Fact]
    public async Task Options_in_a_body_are_tracked_at_an_address()
    {
        var reply = await server.Post("Casualties/$query", "text/plain", "$filter=Low%20gt%206", ("Prefer", "track-changes"));
        server.Commit(Casualty("c7", ("Low", 1L)));

        Assert.StartsWith($"{Server.Root}/Casualties?$filter=Low%20gt%206&$deltatoken=", reply.DeltaLink, StringComparison.Ordinal);
        Assert.Equal(["changed c7"], await server.Changes(reply.DeltaLink!));
    }

    [Fact]
    public async Task The_preference_has_no_meaning_on_a_later_page()
    {
        var first = await server.Get("Casualties?$filter=Low le 5");
        var last = await server.Get(first.NextLink!, headers: ("Prefer", "track-changes"));

        Assert.Equal((200, null, null), (last.Status, last.NextLink, last.DeltaLink));
        Assert.Null(last.Header("Preference-Applied"));
    }

    [Fact]
    public async Task A_link_is_the_query_with_a_token_and_holds_no_key()
    {
        var reply = await server.Get(
            "casualties?code=cf_x_secret&$FILTER=Low%20eq%20%40n&%40n=3&count=true&$orderby=Low&$select=Id", keyId: "k1", headers: ("Prefer", "track-changes"));

        Assert.StartsWith($"{Server.Root}/Casualties?$FILTER=Low%20eq%20%40n&%40n=3&$select=Id&$deltatoken=", reply.DeltaLink, StringComparison.Ordinal);
        Assert.Null(server.Tokens.Authorisation(new Uri(reply.DeltaLink!).Query));
    }

    [Fact]
    public async Task A_next_link_among_changes_lets_its_reader_on_as_others_do()
    {
        var link = await server.DeltaLink("Casualties?$filter=Low ge 0");
        server.Commit(Enumerable.Range(0, 9).Select(n => Casualty($"c{n}", ("Low", 7L))));

        var page = await server.Get(link, keyId: "k1");

        Assert.Equal(new("k1", "owner-k1"), server.Tokens.Authorisation(new Uri(page.NextLink!).Query));
    }

    [Fact]
    public async Task A_link_is_as_good_a_year_later()
    {
        var link = await server.DeltaLink("Casualties");
        server.Clock.Advance(TimeSpan.FromDays(400));

        Assert.Empty((await server.Get(link)).Json["value"]!.AsArray());
    }

    public ValueTask InitializeAsync()
    {
        server.Commit([Record("Places", "raqqa", ("Name", "Raqqa")), .. Enumerable.Range(0, 9).Select(n => Casualty($"c{n}", ("PlaceId", "raqqa"), ("Low", (long)n)))]);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
