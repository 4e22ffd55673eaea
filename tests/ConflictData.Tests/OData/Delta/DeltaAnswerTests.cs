using ConflictData.Releases;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Delta;

/// <summary>What those are told who follow a delta link.</summary>
public sealed class DeltaAnswerTests
{
    private const string Context = "https://data.example/api/odata/$metadata#Casualties";

    private static readonly Settings FourRows = new() { PageSize = 4 };

    [Theory]
    [InlineData("4.01", "application/json", """
        {"@odata.context":"{context}(Id,Low)/$delta","value":[{"Id":"b","Low":2},{"Id":"d","Low":4},{"@odata.removed":{"reason":"deleted"},"@odata.id":"Casualties('a')"},{"@odata.removed":{"reason":"changed"},"@odata.id":"Casualties('c')"}],"@odata.deltaLink":"{link}"}
        """)]
    [InlineData("4.0", "application/json", """
        {"@odata.context":"{context}(Id,Low)/$delta","value":[{"Id":"b","Low":2},{"Id":"d","Low":4},{"@odata.context":"#Casualties/$deletedEntity","id":"Casualties('a')","reason":"deleted"},{"@odata.context":"#Casualties/$deletedEntity","id":"Casualties('c')","reason":"changed"}],"@odata.deltaLink":"{link}"}
        """)]
    [InlineData("4.01", "application/json;odata.metadata=full;IEEE754Compatible=true", """
        {"@odata.context":"{context}(Id,Low)/$delta","value":[{"@odata.type":"#ConflictData.Casualty","@odata.id":"{root}Casualties('b')","Id":"b","Low@odata.type":"Int64","Low":"2"},{"@odata.type":"#ConflictData.Casualty","@odata.id":"{root}Casualties('d')","Id":"d","Low@odata.type":"Int64","Low":"4"},{"@odata.context":"#Casualties/$deletedEntity","@odata.removed":{"reason":"deleted"},"@odata.id":"{root}Casualties('a')"},{"@odata.context":"#Casualties/$deletedEntity","@odata.removed":{"reason":"changed"},"@odata.id":"{root}Casualties('c')"}],"@odata.deltaLink":"{link}"}
        """)]
    public async Task Changes_come_as_rows_and_removals_in_the_form_of_the_version(string version, string accept, string expected)
    {
        await using var server = new Server();
        server.Commit(Casualty("a", ("Low", 1L)), Casualty("b", ("Low", 1L)), Casualty("c", ("Low", 3L)), Casualty("same", ("Low", 9L)), Casualty("other", ("Low", 0L)));
        var link = await server.DeltaLink("Casualties?$filter=Low ge 1&$select=Id,Low");
        server.Commit(Retraction(Casualty("a")), Casualty("b", ("Low", 2L)), Casualty("c", ("Low", 0L)), Casualty("d", ("Low", 4L)), Casualty("other", ("Low", -1L)));

        var reply = await server.Get(link, headers: [("OData-MaxVersion", version), ("Accept", accept)]);

        Assert.Equal((200, version, "2"), (reply.Status, reply.Header("OData-Version"), reply.Header("Conflict-Release")));
        Assert.Equal(
            expected.Trim().Replace("{context}", Context, StringComparison.Ordinal).Replace("{root}", Server.Root + "/", StringComparison.Ordinal).Replace("{link}", reply.DeltaLink, StringComparison.Ordinal),
            reply.Body);
    }

    [Fact]
    public async Task Where_nothing_changed_the_answer_is_empty_and_goes_on()
    {
        await using var server = new Server();
        server.Commit(Casualty("a"));
        var link = await server.DeltaLink("Casualties");
        server.Commit(Record("Sources", "s"));

        var reply = await server.Get(link);

        Assert.Equal($$"""{"@odata.context":"{{Context}}/$delta","value":[],"@odata.deltaLink":"{{reply.DeltaLink}}"}""", reply.Body);
        Assert.Equal("2", reply.Header("Conflict-Release"));
        Assert.Empty(await server.Changes(reply.DeltaLink!));
    }

    [Fact]
    public async Task A_store_that_was_empty_gives_everything()
    {
        await using var server = new Server();
        var link = await server.DeltaLink("Casualties");
        server.Commit(Casualty("a"), Casualty("b"));
        server.Commit(Retraction(Casualty("a")));

        Assert.Equal(["+b"], await server.Changes(link));
    }

    [Fact]
    public async Task A_record_comes_once_however_often_it_changed()
    {
        await using var server = new Server();
        server.Commit(Casualty("twice"), Casualty("back"), Casualty("gone"));
        var link = await server.DeltaLink("Casualties");
        server.Commit(Casualty("twice", ("Low", 1L)), Retraction(Casualty("back")), Casualty("passing"), Casualty("gone", ("Low", 1L)));
        server.Commit(Casualty("twice", ("Low", 2L)), Retraction(Casualty("passing")), Retraction(Casualty("gone")));
        server.Commit(Casualty("back", ("Low", 3L)));

        Assert.Equal(["+twice", "+back", "deleted gone"], await server.Changes(link));
    }

    [Fact]
    public async Task Rows_are_whole_nulls_included()
    {
        await using var server = new Server();
        server.Commit(Casualty("a", ("Note", "x"), ("Low", 1L)));
        var link = await server.DeltaLink("Casualties?$select=Id,Low,Note");
        server.Commit(Casualty("a", ("Low", 1L)));

        var reply = await server.Get(link, headers: ("Prefer", "omit-values=nulls"));

        Assert.Contains("""[{"Id":"a","Low":1,"Note":null}]""", reply.Body, StringComparison.Ordinal);
        Assert.Equal("track-changes", reply.Header("Preference-Applied"));
    }

    [Fact]
    public async Task Changes_come_in_pages_of_one_release_changed_rows_first()
    {
        await using var server = new Server(FourRows);
        server.Commit(Enumerable.Range(0, 6).Select(n => Casualty($"old{n}")));
        var link = await server.DeltaLink("Casualties");
        server.Commit([.. Enumerable.Range(0, 6).Select(n => Retraction(Casualty($"old{n}"))), .. Enumerable.Range(0, 6).Select(n => Casualty($"new{n}"))]);

        var pages = new List<string[]>();
        string? next = link, delta = null;
        while (next is not null)
        {
            var reply = await server.Get(next);
            Assert.Equal(("2", "track-changes"), (reply.Header("Conflict-Release"), reply.Header("Preference-Applied")));
            pages.Add(reply.Changes());
            server.Commit(Casualty($"late{pages.Count}"), Casualty("new0", ("Low", (long)pages.Count)));
            (next, delta) = (reply.NextLink, reply.DeltaLink);
        }

        Assert.Equal(
            [["+new0", "+new1", "+new2", "+new3"], ["+new4", "+new5", "deleted old0", "deleted old1"], ["deleted old2", "deleted old3", "deleted old4", "deleted old5"]],
            pages);
        Assert.Equal(["+late1", "+late2", "+late3", "+new0"], await server.Changes(delta!));
    }

    [Fact]
    public async Task Page_sizes_may_change_on_the_way_and_a_page_may_be_read_again()
    {
        await using var server = new Server();
        server.Commit(Casualty("a"));
        var link = await server.DeltaLink("Casualties");
        server.Commit(Enumerable.Range(0, 9).Select(n => Casualty($"n{n}")));

        var first = await server.Get(link, headers: ("Prefer", "maxpagesize=2"));
        var second = await server.Get(first.NextLink!, headers: ("Prefer", "maxpagesize=5"));

        Assert.Equal(["+n2", "+n3", "+n4", "+n5", "+n6"], second.Changes());
        Assert.Equal(second.Body, (await server.Get(first.NextLink!, headers: ("Prefer", "maxpagesize=5"))).Body);
        Assert.Equal(["+n7", "+n8"], (await server.Get(second.NextLink!)).Changes());
    }

    [Fact]
    public async Task A_count_is_of_all_changes_and_is_asked_for_each_time()
    {
        await using var server = new Server(FourRows);
        server.Commit(Casualty("a"), Casualty("b"));
        var link = await server.DeltaLink("Casualties?$count=true");
        server.Commit([Retraction(Casualty("a")), .. Enumerable.Range(0, 5).Select(n => Casualty($"n{n}"))]);

        var plain = await server.Get(link);
        var counted = await server.Get(link + "&$count=true");
        var second = await server.Get(counted.NextLink!);

        Assert.Null(plain.Json["@odata.count"]);
        Assert.Equal((6, 6), ((int)counted.Json["@odata.count"]!, (int)second.Json["@odata.count"]!));
        Assert.DoesNotContain("count", second.DeltaLink, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_number_of_changes_can_be_had_alone()
    {
        await using var server = new Server();
        server.Commit(Casualty("a"), Casualty("b", ("Low", 1L)));
        var link = await server.DeltaLink("Casualties?$filter=Low eq null&$select=Id");
        server.Commit(Retraction(Casualty("a")), Casualty("n"), Casualty("other", ("Low", 1L)));

        var reply = await server.Get(link.Replace("/Casualties?", "/Casualties/$count?", StringComparison.Ordinal));

        Assert.Equal((200, "2", "text/plain;charset=utf-8"), (reply.Status, reply.Body, reply.Response.ContentType));
        Assert.Null(reply.Header("Preference-Applied"));
    }

    [Theory]
    [InlineData("Casualties?$filter=Place/CountryCode eq 'SY'", new[] { "+in", "changed out" })]
    [InlineData("Casualties?$filter=Place/Parent/Name eq 'North'", new[] { "+in", "changed out" })]
    [InlineData("Places?$filter=Children/any(c:c/Name eq 'Other')", new[] { "changed south" })]
    [InlineData("Places?$filter=Children/any(c:c/Name eq 'Fourth')", new[] { "+south" })]
    [InlineData("Places?$filter=Casualties/$count gt 0 and Kind eq 'town'", new[] { "+town1", "+town2" })]
    public async Task What_other_records_decide_is_compared_at_both_releases(string address, string[] expected)
    {
        await using var server = new Server();
        server.Commit(
            Record("Places", "north", ("Name", "North")), Record("Places", "south", ("Name", "South")),
            Town("town1", "south", "IQ", "Town"), Town("town2", "north", "SY", "Other"), Town("town3", "north", "SY", "Third"), Town("town4", "south", "IQ", "Other"),
            Casualty("in", ("PlaceId", "town1")), Casualty("out", ("PlaceId", "town2")), Casualty("stays", ("PlaceId", "town3")), Casualty("never", ("PlaceId", "nowhere")));
        var link = await server.DeltaLink(address);
        server.Commit(Town("town1", "north", "SY", "Other"), Town("town2", "south", "IQ", "Town"), Town("town4", "south", "IQ", "Fourth"));

        Assert.Equal(expected.Order(), (await server.Changes(link)).Order());
    }

    private static Revision Town(string id, string parent, string country, string name) =>
        Record("Places", id, ("ParentId", parent), ("CountryCode", country), ("Name", name), ("Kind", "town"));
}
