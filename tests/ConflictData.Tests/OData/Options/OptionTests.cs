using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Options;

public sealed class OptionTests : IAsyncLifetime
{
    private readonly Server server = new();

    [Theory]
    [InlineData("$index=1", "$index")]
    [InlineData("$schemaversion=*", "$schemaversion")]
    [InlineData("$levels=1", "$levels")]
    public async Task An_option_that_is_not_supported_is_named(string query, string target)
    {
        var reply = await server.Get("Casualties?" + query);

        Assert.Equal((501, "notSupported", target), (reply.Status, reply.ErrorCode, (string?)reply.Json["error"]!["target"]));
    }

    [Theory]
    [InlineData("$nope=1", "$nope")]
    [InlineData("$top=x", "$top")]
    [InlineData("$apply=identity&$top=x", "$top")]
    [InlineData("$apply=identity&$count=maybe", "$count")]
    [InlineData("$compute=Low as", "$compute")]
    [InlineData("$top=-1", "$top")]
    [InlineData("$top=1.5", "$top")]
    [InlineData("$top=99999999999999999999", "$top")]
    [InlineData("$skip=", "$skip")]
    [InlineData("$count=maybe", "$count")]
    [InlineData("$top=1&top=2", "$top")]
    [InlineData("$filter=Low eq", "$filter")]
    [InlineData("$filter=", "$filter")]
    [InlineData("$orderby=Nope", "$orderby")]
    [InlineData("$orderby=Low foo", "$orderby")]
    [InlineData("$select=Nope", "$select")]
    [InlineData("$select=Low/x", "$select")]
    [InlineData("$filter=Low eq @p&@p=@p", "$filter")]
    [InlineData("$filter=Low eq @p&@p='a'", "$filter")]
    public async Task A_malformed_option_is_named(string query, string target)
    {
        var reply = await server.Get("Casualties?" + query);

        Assert.Equal((400, "badQuery", target), (reply.Status, reply.ErrorCode, (string?)reply.Json["error"]!["target"]));
    }

    [Theory]
    [InlineData("$filter=Low eq 1", "a")]
    [InlineData("filter=Low%20eq%201", "a")]
    [InlineData("FILTER=Low+eq+1", "a")]
    [InlineData("$Filter=low EQ @p&@p=1", "a")]
    [InlineData("%24filter=Low eq 2&code=cf_x&utm=1", "b")]
    [InlineData("$orderby=Low desc", "b a")]
    [InlineData("$top=1", "a")]
    [InlineData("skip=1&", "b")]
    [InlineData("$filter=ModifiedAt lt 2026-01-10T13:00:00%2B01:00", "")]
    [InlineData("$filter=ModifiedAt eq 2026-01-10T13%3A00%3A00%2B01%3A00", "a b")]
    [InlineData("$filter=ModifiedAt+eq+2026-01-10T13:00:00+01:00", "a b")]
    [InlineData("$filter=ModifiedAt%20gt%202026-01-10T12%3A59:59.9999999+01%3A00+and+Low+eq+2", "b")]
    [InlineData("$filter=ModifiedAt%20eq%20@t&@t=2026-01-10T13:00+01:00", "a b")]
    [InlineData("$filter=Note eq 'x%26y%2Bz'", "b")]
    public async Task Options_are_read_in_any_spelling(string query, string expected) =>
        Assert.Equal(expected, string.Join(' ', (await server.Get("Casualties?" + query)).Ids));

    [Theory]
    [InlineData("Casualties('a')?$filter=Low eq 1")]
    [InlineData("Casualties('a')?$count=true")]
    [InlineData("Casualties('a')/Low?$select=Id")]
    [InlineData("Casualties/$count?$select=Id")]
    [InlineData("Casualties/$count?$skiptoken=x")]
    public async Task An_option_without_meaning_at_an_address_is_refused(string address) =>
        Assert.Equal("badQuery", (await server.Get(address)).ErrorCode);

    [Theory]
    [InlineData("Id,Low", "(Id,Low)", """{"Id":"a","Low":1}""")]
    [InlineData("low", "(Low)", """{"@odata.id":"Casualties('a')","Low":1}""")]
    [InlineData("Low,Id,Low", "(Low,Id)", """{"Low":1,"Id":"a"}""")]
    public async Task Select_gives_the_named_properties_in_their_order(string select, string context, string row)
    {
        var feed = await server.Get($"Casualties?$top=1&$select={select}");
        var record = await server.Get($"Casualties('a')?$select={select}");

        Assert.Equal($$"""{"@odata.context":"{{Server.Root}}/$metadata#Casualties{{context}}","value":[{{row}}]}""", feed.Body);
        Assert.Equal($$"""{"@odata.context":"{{Server.Root}}/$metadata#Casualties{{context}}/$entity",{{row[1..]}}""", record.Body);
    }

    [Fact]
    public async Task Select_with_a_star_gives_all()
    {
        var reply = await server.Get("Casualties?$top=1&$select=*");

        Assert.EndsWith("#Casualties(*)", (string)reply.Json["@odata.context"]!, StringComparison.Ordinal);
        Assert.Equal("civilian", (string)reply.Json["value"]![0]!["VictimType"]!);
    }

    public ValueTask InitializeAsync()
    {
        server.Commit(Casualty("a", ("Low", 1L)), Casualty("b", ("Low", 2L), ("Note", "x&y+z")));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
