using System.Text.Json.Nodes;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Navigation;

public sealed class ExpandTests : IAsyncLifetime
{
    private readonly Server server = new();

    [Theory]
    [InlineData("Casualties?$select=Id&$expand=Place($select=Id,Name)", "(Id,Place(Id,Name))",
        """[{"Id":"a","Place":{"Id":"raqqa","Name":"Raq\"qa"}},{"Id":"b","Place":{"Id":"raqqa","Name":"Raq\"qa"}},{"Id":"c","Place":null}]""")]
    [InlineData("Casualties?$select=Id&expand=place($select=Name;$expand=Parent($select=Id))&$top=1", "(Id,Place(Name,Parent(Id)))",
        """[{"Id":"a","Place":{"@odata.id":"Places('raqqa')","Name":"Raq\"qa","Parent":{"Id":"syria"}}}]""")]
    [InlineData("Casualties?$select=Id&$expand=Party($select=Id),Place($select=Id)&$orderby=Id desc&$top=2", "(Id,Party(Id),Place(Id))",
        """[{"Id":"c","Party":null,"Place":null},{"Id":"b","Party":null,"Place":{"Id":"raqqa"}}]""")]
    [InlineData("Casualties?$select=Id&$expand=Place/$ref&$filter=Place/Name ne null&$top=1", "(Id)",
        """[{"Id":"a","Place":{"@odata.id":"Places('raqqa')"}}]""")]
    public async Task To_one_gives_the_record_or_null(string query, string context, string rows) => await Check(query, context, rows);

    [Theory]
    [InlineData("Places?$select=Id&$expand=Casualties($select=Id,Low)", "(Id,Casualties(Id,Low))",
        """[{"Id":"syria","Casualties":[]},{"Id":"raqqa","Casualties":[{"Id":"a","Low":1},{"Id":"b","Low":2}]}]""")]
    [InlineData("Places?$select=Id&$expand=Casualties($select=Id;$filter=Low gt 1;$count=true)", "(Id,Casualties(Id))",
        """[{"Id":"syria","Casualties@odata.count":0,"Casualties":[]},{"Id":"raqqa","Casualties@odata.count":1,"Casualties":[{"Id":"b"}]}]""")]
    [InlineData("Places?$select=Id&$expand=Casualties($select=Id;$orderby=Low desc;$top=1;$count=true)&$filter=Id eq 'raqqa'", "(Id,Casualties(Id))",
        """[{"Id":"raqqa","Casualties@odata.count":2,"Casualties":[{"Id":"b"}]}]""")]
    [InlineData("Places?$select=Id&$expand=Casualties($select=Id;$skip=1)&$orderby=Id&$top=1", "(Id,Casualties(Id))",
        """[{"Id":"raqqa","Casualties":[{"Id":"b"}]}]""")]
    [InlineData("Places?$select=Id&$expand=Casualties($select=Id;$filter=Place/Parent/Name eq 'Syria';$orderby=Place/Name,Id desc)&$filter=Casualties/any()", "(Id,Casualties(Id))",
        """[{"Id":"raqqa","Casualties":[{"Id":"b"},{"Id":"a"}]}]""")]
    [InlineData("Places?$select=Id&$expand=Children($select=Id;$expand=Casualties($select=Id;$expand=Place($select=Id)))&$top=1", "(Id,Children(Id,Casualties(Id,Place(Id))))",
        """[{"Id":"syria","Children":[{"Id":"raqqa","Casualties":[{"Id":"a","Place":{"Id":"raqqa"}},{"Id":"b","Place":{"Id":"raqqa"}}]}]}]""")]
    [InlineData("Places?$select=Id&$expand=Casualties/$count", "(Id)",
        """[{"Id":"syria","Casualties@odata.count":0},{"Id":"raqqa","Casualties@odata.count":2}]""")]
    [InlineData("Places?$select=Id&$expand=Casualties/$ref($filter=Low eq 1)", "(Id)",
        """[{"Id":"syria","Casualties":[]},{"Id":"raqqa","Casualties":[{"@odata.id":"Casualties('a')"}]}]""")]
    public async Task To_many_gives_the_referring_records_in_their_order(string query, string context, string rows) => await Check(query, context, rows);

    [Fact]
    public async Task Expanded_values_are_written_as_those_of_the_feed()
    {
        var plain = (await server.Get("Casualties?$filter=Id eq 'a'")).Json["value"]![0]!;
        var nested = (await server.Get("Places('raqqa')?$expand=Casualties")).Json["Casualties"]![0]!;

        Assert.Equal(plain.ToJsonString(), nested.ToJsonString());
    }

    [Fact]
    public async Task A_record_and_a_path_take_expand_too()
    {
        var record = await server.Get("Casualties('a')?$select=Id&$expand=Place($select=Id)");
        var path = await server.Get("Places('raqqa')/Casualties?$select=Id&$expand=Place($select=Id)&$top=1");

        Assert.Equal($$$"""{"@odata.context":"{{{Server.Root}}}/$metadata#Casualties(Id,Place(Id))/$entity","Id":"a","Place":{"Id":"raqqa"}}""", record.Body);
        Assert.Equal("""[{"Id":"a","Place":{"Id":"raqqa"}}]""", path.Json["value"]!.ToJsonString());
    }

    [Theory]
    [InlineData("Casualties?$expand=Place", "", "(Place())")]
    [InlineData("Casualties?$select=Id&$expand=Place,Party($select=Id)", "(Id,Party(Id))", "(Id,Place(),Party(Id))")]
    [InlineData("Casualties?$select=Id,Place&$expand=Place", "(Id,Place)", "(Id,Place,Place())")]
    [InlineData("Casualties?$select=Id,Place", "(Id,Place)", "(Id,Place)")]
    [InlineData("Casualties?$expand=Place($expand=Parent)", "", "(Place(Parent()))")]
    public async Task A_context_for_4_0_has_no_empty_parentheses(string query, string older, string newer)
    {
        Assert.Equal($"{Server.Root}/$metadata#Casualties{older}", (string)(await server.Get(query, headers: ("OData-MaxVersion", "4.0"))).Json["@odata.context"]!);
        Assert.Equal($"{Server.Root}/$metadata#Casualties{newer}", (string)(await server.Get(query)).Json["@odata.context"]!);
    }

    [Fact]
    public async Task Lines_and_other_forms_have_what_they_can()
    {
        Assert.Equal("""
            {"Id":"a","Place":{"Id":"raqqa"}}
            {"Id":"b","Place":{"Id":"raqqa"}}
            {"Id":"c","Place":null}

            """.ReplaceLineEndings("\n"), (await server.Get("Casualties?$select=Id&$expand=Place($select=Id)&$format=ndjson")).Body);
        Assert.Equal("Id,A\r\na,2\r\nb,3\r\nc,\r\n", (await server.Get("Casualties?$compute=Low add 1 as A&$select=Id,A&$format=csv")).Body);
        Assert.Contains("\"Casualties('a')\"", (await server.Get("Casualties/$ref?$format=application/json;odata.metadata=full")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_in_an_answer_is_of_its_release()
    {
        server.Commit(Record("Places", "raqqa", ("Name", "ar-Raqqa")), Retraction(Casualty("a")));

        Assert.Equal("Raq\"qa", (string)(await server.Get("Casualties('b')?$expand=Place", "1")).Json["Place"]!["Name"]!);
        Assert.Equal("ar-Raqqa", (string)(await server.Get("Casualties('b')?$expand=Place", "2")).Json["Place"]!["Name"]!);
        Assert.Equal(2, (await server.Get("Places('raqqa')?$expand=Casualties", "1")).Json["Casualties"]!.AsArray().Count);
        Assert.Single((await server.Get("Places('raqqa')?$expand=Casualties", "2")).Json["Casualties"]!.AsArray());
    }

    [Fact]
    public async Task A_change_to_an_expanded_dataset_changes_the_tag()
    {
        var before = (await server.Get("Casualties?$expand=Place")).Header("ETag");
        server.Commit(Record("Places", "other"));

        Assert.NotEqual(before, (await server.Get("Casualties?$expand=Place")).Header("ETag"));
    }

    [Fact]
    public async Task Pages_with_expanded_records_go_on_by_links()
    {
        server.Commit(Enumerable.Range(0, 2500).Select(n => Casualty($"n{n:D4}", ("PlaceId", "raqqa"))));
        var ids = await server.ReadAll("Casualties?$expand=Place($select=Id)");

        Assert.Equal(2503, ids.Distinct().Count());
        Assert.Equal(1000, (await server.Get("Casualties?$expand=Place($select=Id)")).Ids.Count);
    }

    [Fact]
    public async Task More_than_fit_is_an_error_and_never_a_part()
    {
        server.Commit(Enumerable.Range(0, 1001).Select(n => Casualty($"n{n:D4}", ("PlaceId", "syria"))));

        Assert.Equal("badQuery", (await server.Get("Places?$expand=Casualties")).ErrorCode);
        Assert.Equal("badQuery", (await server.Get("Places('raqqa')?$expand=Parent($expand=Casualties)")).ErrorCode);
        Assert.Equal("badQuery", (await server.Get("Places?$expand=Children($expand=Parent($expand=Casualties))")).ErrorCode);
        Assert.Equal(1000, (await server.Get("Places('syria')?$expand=Casualties($top=1000;$select=Id)")).Json["Casualties"]!.AsArray().Count);
        Assert.Equal(200, (await server.Get("Places('raqqa')?$expand=Casualties")).Status);
    }

    [Theory]
    [InlineData("Casualties?$expand=Nope", 400)]
    [InlineData("Casualties?$expand=Low", 400)]
    [InlineData("Casualties?$expand=Place($select=Nope)", 400)]
    [InlineData("Casualties?$expand=Place,place", 400)]
    [InlineData("Casualties?$expand=Place/Parent", 400)]
    [InlineData("Casualties?$expand=Place/ConflictData.Place", 501)]
    [InlineData("Casualties?$expand=Place($filter=Name eq 'x')", 400)]
    [InlineData("Casualties?$expand=Place/$count", 400)]
    [InlineData("Casualties?$expand=Place($skiptoken=x)", 400)]
    [InlineData("Casualties?$expand=Place($nope=1)", 400)]
    [InlineData("Casualties?$expand=Place(nope=1)", 400)]
    [InlineData("Casualties?$expand=Place($select=Id", 400)]
    [InlineData("Casualties?$expand=Place($select=Id;$select=Name)", 400)]
    [InlineData("Casualties?$expand=Place($index=1)", 501)]
    [InlineData("Casualties?$expand=,", 400)]
    [InlineData("Places?$expand=Casualties($filter=$it/Name eq 'x')", 501)]
    [InlineData("Places?$expand=Casualties($apply=aggregate($count as n))", 501)]
    public async Task What_is_malformed_is_refused(string query, int status) =>
        Assert.Equal(status, (await server.Get(query)).Status);

    [Theory]
    [InlineData("Actors?$expand=*")]
    [InlineData("Casualties?$expand=*($levels=1)")]
    [InlineData("Casualties?$expand=Place($nope=1)")]
    [InlineData("Casualties?$expand=Place($filter='; DROP TABLE)")]
    public async Task What_clients_may_try_is_answered(string query) =>
        Assert.True((await server.Get(query)).Status is 200 or 400 or 501);

    public ValueTask InitializeAsync()
    {
        server.Commit(
            Record("Places", "syria", ("Name", "Syria")), Record("Places", "raqqa", ("Name", "Raq\"qa"), ("ParentId", "syria"), ("Latitude", 35.95)),
            Record("Actors", "sdf", ("Name", "قسد")),
            Casualty("a", ("PlaceId", "raqqa"), ("Low", 1L), ("StartDate", new DateOnly(2022, 1, 20)), ("Note", "قسد \"x\" <&> \\ \n\u0001"), ("PartsComplete", true)),
            Casualty("b", ("PlaceId", "raqqa"), ("Low", 2L)), Casualty("c"));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task Check(string query, string context, string rows)
    {
        var reply = await server.Get(query);

        Assert.True(reply.Status == 200, reply.Body);
        Assert.Equal(JsonNode.Parse(rows)!.ToJsonString(), reply.Json["value"]!.ToJsonString());
        Assert.EndsWith(context, (string)reply.Json["@odata.context"]!, StringComparison.Ordinal);
    }
}
