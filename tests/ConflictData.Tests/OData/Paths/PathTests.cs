using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Paths;

public sealed class PathTests : IAsyncLifetime
{
    private readonly Server server = new();

    [Theory]
    [InlineData("Casualties('Sina-1')")]
    [InlineData("casualties(Id='sina-1')")]
    [InlineData("Casualties/SINA-1")]
    [InlineData("/Casualties('Sina-1')/")]
    public async Task A_record_is_found_by_its_id_in_any_letter_case(string path)
    {
        var reply = await server.Get(path);

        Assert.Equal(("Sina-1", 374), ((string)reply.Json["Id"]!, (int)reply.Json["Low"]!));
        Assert.Equal($"{Server.Root}/$metadata#Casualties/$entity", (string)reply.Json["@odata.context"]!);
    }

    [Fact]
    public async Task A_record_is_read_as_it_was_at_its_release()
    {
        server.Commit(Casualty("Sina-1", ("Low", 375L)));
        server.Commit(Retraction(Casualty("Sina-1")));

        Assert.Equal(374, (int)(await server.Get("Casualties('sina-1')", release: "1")).Json["Low"]!);
        Assert.Equal(375, (int)(await server.Get("Casualties('sina-1')", release: "2")).Json["Low"]!);
        Assert.Equal("notFound", (await server.Get("Casualties('sina-1')")).ErrorCode);
        Assert.Equal("notFound", (await server.Get("Casualties('later')", release: "1")).ErrorCode);
    }

    [Theory]
    [InlineData("Casualties/$count", "2")]
    [InlineData("Casualties/$count?$filter=Low gt 300", "1")]
    [InlineData("Casualties/$count?$top=1&$skip=1&$orderby=Id", "2")]
    [InlineData("Casualties/$count?$expand=Place,Parts", "2")]
    [InlineData("Casualties/$filter(Low gt 300)/$count/", "1")]
    [InlineData("Casualties/$FILTER(Low gt 300)/$filter(Low lt 400)/$COUNT", "1")]
    [InlineData("Casualties('Sina-1')/Low/$value", "374")]
    [InlineData("Casualties('Sina-1')/Note/$value", "a \"b\"")]
    [InlineData("Casualties('Sina-1')/StartDate/$value", "2022-01-20")]
    [InlineData("Casualties('Sina-1')/PartsComplete/$value", "true")]
    [InlineData("Casualties('Sina-1')/ModifiedAt/$value", "2026-01-10T12:00:00Z")]
    public async Task Counts_and_values_are_bare_text(string address, string expected)
    {
        var reply = await server.Get(address);

        Assert.Equal((200, "text/plain;charset=utf-8", expected), (reply.Status, reply.Response.ContentType, reply.Body));
    }

    [Fact]
    public async Task A_property_has_its_value_and_context_and_a_null_one_no_content()
    {
        var low = await server.Get("Casualties('Sina-1')/Low");
        var none = await server.Get("Casualties('Sina-1')/High");

        Assert.Equal($$"""{"@odata.context":"{{Server.Root}}/$metadata#Casualties('Sina-1')/Low","value":374}""", low.Body);
        Assert.Equal((204, ""), (none.Status, none.Body));
        Assert.Equal(204, (await server.Get("Casualties('Sina-1')/High/$value")).Status);
    }

    [Theory]
    [InlineData("Nope")]
    [InlineData("Casualties('x')")]
    [InlineData("Casualties('Sina-1')/Nope")]
    [InlineData("Casualties('Sina-1')/Low/more")]
    [InlineData("Casualties('a/../b')")]
    [InlineData("Casualties/../Arrests")]
    [InlineData("$nope")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        var reply = await server.Get(path);

        Assert.Equal((404, "notFound"), (reply.Status, reply.ErrorCode));
    }

    [Theory]
    [InlineData("$batch")]
    [InlineData("$crossjoin(Casualties,Arrests)")]
    [InlineData("$all")]
    [InlineData("Casualties/$each")]
    [InlineData("Casualties/ConflictData.Casualty")]
    [InlineData("Casualties/ConflictData.Casualty/$count")]
    [InlineData("Casualties('Sina-1')/ConflictData.Casualty/Low")]
    [InlineData("Casualties/$filter(Low gt 50)('Sina-1')")]
    [InlineData("Casualties/$filter(Low gt 50)/Sina-1")]
    [InlineData("Casualties/$filter(Low gt 50)/Place")]
    [InlineData("Casualties/$filter(Low gt 50)/$filter(Low lt 60)('Sina-1')/Low")]
    [InlineData("Casualties/$filter(Low gt 50)/ConflictData.Casualty")]
    [InlineData("Casualties/$filter(Low gt 50)/$each")]
    [InlineData("Casualties('Sina-1')/$value")]
    public async Task What_the_standard_has_and_this_service_has_not_is_501(string path)
    {
        var reply = await server.Get(path);

        Assert.Equal((501, "notSupported"), (reply.Status, reply.ErrorCode));
        Assert.NotNull(reply.Json["error"]!["target"]);
    }

    [Theory]
    [InlineData("Casualties/$ref", "#Collection($ref)\",\"value\":[{\"@odata.id\":\"Casualties('Sina-1')\"},{\"@odata.id\":\"Casualties('other')\"}]}")]
    [InlineData("Casualties/$ref?$filter=Low eq 3", "#Collection($ref)\",\"value\":[{\"@odata.id\":\"Casualties('other')\"}]}")]
    [InlineData("Casualties('sina-1')/$ref", "#$ref\",\"@odata.id\":\"Casualties('Sina-1')\"}")]
    public async Task A_reference_is_the_address_of_a_record(string address, string end) =>
        Assert.EndsWith(end, (await server.Get(address)).Body, StringComparison.Ordinal);

    [Theory]
    [InlineData("Casualties/$filter(Low gt 3)", "Sina-1")]
    [InlineData("Casualties/$filter(Low gt 3)?$filter=Low lt 5", "")]
    [InlineData("Casualties/$filter(Low gt 2)/$filter(contains(Note,')'))", "")]
    [InlineData("Casualties/$filter(@low)?@low=Low lt 5", "other")]
    [InlineData("Casualties/$filter(Place/Name eq null)", "other")]
    public async Task A_filter_may_stand_in_the_path(string address, string ids)
    {
        var reply = await server.Get(address);

        Assert.True(reply.Status == 200, reply.Body);
        Assert.Equal(ids, string.Join(' ', reply.Ids));
    }

    [Fact]
    public async Task A_filter_in_the_path_goes_on_in_counts_and_next_links()
    {
        var page = await server.Get("Casualties/$filter(Low gt 2)?$filter=Low lt 1000", headers: ("Prefer", "maxpagesize=1"));

        Assert.Equal("1", (await server.Get("Casualties/$filter(Low gt 3)/$count")).Body);
        Assert.Equal(["Sina-1", "other"], page.Ids.Concat((await server.Get(page.NextLink!)).Ids));
        Assert.Equal(400, (await server.Get("Casualties/$filter(Low gt 3")).Status);
        Assert.Equal(400, (await server.Get("Casualties/$filter(Low gt)")).Status);
    }

    [Theory]
    [InlineData("Casualties(@id)?@id='sina-1'")]
    [InlineData("Casualties(Id=@id)?%40id='Sina-1'")]
    [InlineData("Places('p')/Casualties(@id)?@id='Sina-1'")]
    [InlineData("$entity?$id=Casualties('Sina-1')")]
    [InlineData("$entity?id=https://data.example/api/odata/Casualties('Sina-1')")]
    [InlineData("$entity?$id=/api/odata/Places('p')/Casualties('Sina-1')")]
    [InlineData("$entity?$id=Casualties(@id)&@id='Sina-1'&$select=Id,Low&$expand=Place")]
    public async Task A_record_is_found_by_an_alias_for_its_key_and_by_its_entity_id(string address)
    {
        var reply = await server.Get(address);

        Assert.True(reply.Status == 200, reply.Body);
        Assert.Equal(("Sina-1", 374), ((string)reply.Json["Id"]!, (int)reply.Json["Low"]!));
        Assert.Contains("#Casualties", (string)reply.Json["@odata.context"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$entity", 400)]
    [InlineData("Casualties?$id=Casualties('Sina-1')", 400)]
    [InlineData("$entity?$id=Casualties('nope')", 404)]
    [InlineData("$entity?$id=Casualties", 404)]
    [InlineData("$entity?$id=Casualties('Sina-1')/Low", 404)]
    [InlineData("$entity?$id=Casualties('Sina-1')/$ref", 404)]
    [InlineData("$entity?$id=$metadata", 404)]
    [InlineData("$entity?$id=Casualties('Sina-1')?$select=Id", 400)]
    [InlineData("$entity?$id=https://elsewhere.example/Casualties('Sina-1')", 400)]
    [InlineData("$entity?$id=Casualties('Sina-1')&$filter=Low eq 1", 400)]
    [InlineData("$entity/ConflictData.Casualty?$id=Casualties('Sina-1')", 400)]
    [InlineData("Casualties(@id)", 400)]
    [InlineData("Casualties(@id)?@id=5", 400)]
    [InlineData("Casualties(@id)?@id='a/b'", 404)]
    [InlineData("Casualties(@id)?@id=''", 404)]
    public async Task An_id_or_alias_that_leads_nowhere_says_so(string address, int status) =>
        Assert.Equal(status, (await server.Get(address)).Status);

    [Theory]
    [InlineData("Casualties(1)")]
    [InlineData("Casualties('a")]
    [InlineData("Casualties(Nope='a')")]
    [InlineData("Casualties(null)")]
    public async Task A_malformed_key_is_a_bad_query(string path) =>
        Assert.Equal("badQuery", (await server.Get(path)).ErrorCode);

    [Theory]
    [InlineData("Casualties", "POST")]
    [InlineData("Casualties('other')", "PUT")]
    [InlineData("Casualties('other')", "PATCH")]
    [InlineData("Casualties('other')", "DELETE")]
    public async Task A_request_that_would_write_is_501(string address, string method)
    {
        var reply = await server.Get(address, method: method);

        Assert.Equal((501, "notSupported"), (reply.Status, reply.ErrorCode));
    }

    public ValueTask InitializeAsync()
    {
        server.Commit(
            Record("Places", "p"),
            Casualty("Sina-1", ("PlaceId", "p"), ("Low", 374L), ("Note", "a \"b\""), ("StartDate", new DateOnly(2022, 1, 20)), ("PartsComplete", true)),
            Casualty("other", ("Low", 3L)));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
