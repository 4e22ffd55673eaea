using System.Text.Json.Nodes;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Compute;

public sealed class ComputeTests : IAsyncLifetime
{
    private readonly Server server = new();

    [Theory]
    [InlineData("$compute=High sub Low as Spread&$select=Id,Spread", """[{"Id":"a","Spread":4},{"Id":"b","Spread":1},{"Id":"c","Spread":null}]""")]
    [InlineData("compute=High sub Low as Spread&$select=Spread&$filter=spread gt 1", """[{"@odata.id":"Casualties('a')","Spread":4}]""")]
    [InlineData("$compute=High sub Low as Spread&$select=Id&$orderby=Spread", """[{"Id":"c"},{"Id":"b"},{"Id":"a"}]""")]
    [InlineData("$compute=concat(Note,'!') as Loud,year(StartDate) as Y&$select=Loud,Y&$top=1", """[{"@odata.id":"Casualties('a')","Loud":"n!","Y":2022}]""")]
    [InlineData("$compute=Low div 2 as Half,Low gt 1 as Many&$select=Half,Many&$skip=1&$top=1", """[{"@odata.id":"Casualties('b')","Half":1,"Many":true}]""")]
    [InlineData("$compute=Place/Name as Where&$select=Id,Where&$orderby=Where desc&$top=1", """[{"Id":"a","Where":"Raqqa"}]""")]
    [InlineData("$compute=Place/Casualties/$count as N&$select=N&$top=1", """[{"@odata.id":"Casualties('a')","N":1}]""")]
    [InlineData("$compute=Low add 1 as A&$select=Id,A&$filter=A add 1 eq 4 and not (A gt 3)", """[{"Id":"b","A":3}]""")]
    [InlineData("$compute=9223372036854775807 add Low as Huge&$select=Huge&$top=1", """[{"@odata.id":"Casualties('a')","Huge":null}]""")]
    [InlineData("$compute=Low add 1 as A&$select=Id,A&$expand=Place($select=Name)&$top=1", """[{"Id":"a","A":2,"Place":{"@odata.id":"Places('raqqa')","Name":"Raqqa"}}]""")]
    [InlineData("$compute=1 as One&$select=Id,One&$orderby=One,Id desc&$top=1", """[{"Id":"c","One":1}]""")]
    public async Task A_computed_property_can_be_selected_filtered_and_ordered_by(string query, string rows)
    {
        var reply = await server.Get("Casualties?" + query);

        Assert.True(reply.Status == 200, reply.Body);
        Assert.Equal(JsonNode.Parse(rows)!.ToJsonString(), reply.Json["value"]!.ToJsonString());
    }

    [Theory]
    [InlineData("$compute=Low add @n as X&@n=5", "6")]
    [InlineData("$compute=@n as X&@n=5", "5")]
    [InlineData("$compute=@c as X&@c=Low", "1")]
    [InlineData("$compute=length(@c) as X&@c=Id", "1")]
    [InlineData("$compute=Low add @n as X&$filter=X eq @m and Low lt @n&@n=5&@m=6", "6")]
    [InlineData("$compute=case(Id in @ids:@yes,true:@no) as X&@ids=['a']&@yes='one'&@no='other'", "\"one\"")]
    [InlineData("$compute=Place/Casualties/$count($filter=Low eq @n) as X&@n=1", "1")]
    public async Task It_may_be_computed_from_aliases(string query, string value)
    {
        Assert.Equal($$"""[{"Id":"a","X":{{value}}}]""", (await server.Get($"Casualties?{query}&$select=Id,X&$top=1")).Json["value"]!.ToJsonString());
        // Within $expand aliases pass what does not read the records outside.
        if (!query.Contains("@c=", StringComparison.Ordinal))
        {
            var inner = (await server.Get($"Places?$expand=Casualties({query.Split("&@")[0].Replace('&', ';')};$select=Id,X)&@{query.Split("&@", 2)[1]}")).Json["value"]![0]!["Casualties"]!;
            Assert.Equal($$"""[{"Id":"a","X":{{value}}}]""", inner.ToJsonString());
        }
    }

    [Fact]
    public async Task It_is_in_the_answer_where_nothing_is_selected_and_in_ordered_pages()
    {
        var all = await server.Get("Casualties?$compute=Low add 1 as A");
        var page = await server.Get("Casualties?$compute=Low add 1 as A&$orderby=A desc&$select=Id,A", headers: ("Prefer", "maxpagesize=2"));
        var next = await server.Get(page.NextLink!);

        Assert.Equal(2, (int)all.Json["value"]![0]!["A"]!);
        Assert.Equal("""[{"Id":"b","A":3},{"Id":"a","A":2}]""", page.Json["value"]!.ToJsonString());
        Assert.Equal("""[{"Id":"c","A":null}]""", next.Json["value"]!.ToJsonString());
        Assert.Equal(2, (int)(await server.Get("Casualties('a')?$compute=Low add 1 as A&$select=A")).Json["A"]!);
        Assert.Equal("1", (await server.Get("Casualties/$count?$compute=Low add 1 as A&$filter=A eq 3")).Body);
    }

    [Theory]
    [InlineData("$compute=Low add 1 as Low", 400)]
    [InlineData("$compute=Low add 1 as place", 400)]
    [InlineData("$compute=Low add 1", 400)]
    [InlineData("$compute=Nope as A", 400)]
    [InlineData("$compute=null as A", 400)]
    [InlineData("$compute=time(ModifiedAt) as A", 501)]
    [InlineData("$compute=Low add 1 as A\";DROP", 400)]
    [InlineData("$filter=A eq 1", 400)]
    public async Task What_cannot_be_computed_is_refused(string query, int status) =>
        Assert.Equal(status, (await server.Get("Casualties?" + query)).Status);

    public ValueTask InitializeAsync()
    {
        server.Commit(
            Record("Places", "raqqa", ("Name", "Raqqa")),
            Casualty("a", ("PlaceId", "raqqa"), ("Low", 1L), ("High", 5L), ("Note", "n"), ("StartDate", new DateOnly(2022, 1, 20))),
            Casualty("b", ("Low", 2L), ("High", 3L)), Casualty("c", ("High", 3L)));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
