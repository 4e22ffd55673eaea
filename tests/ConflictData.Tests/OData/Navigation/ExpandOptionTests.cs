using System.Text.Json.Nodes;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Navigation;

/// <summary>What $expand takes in its brackets beside what every collection takes: $levels, $compute, aliases of its own.</summary>
public sealed class ExpandOptionTests : IAsyncLifetime
{
    private readonly Server server = new(new() { MaxExpandDepth = 3 });

    [Theory]
    [InlineData("Places('town')?$select=Id&$expand=Parent($levels=1;$select=Id)", "(Id,Parent(Id))", """{"Id":"town","Parent":{"Id":"district"}}""")]
    [InlineData("Places('town')?$select=Id&$expand=Parent($levels=2;$select=Id)", "(Id,Parent+(Id))", """{"Id":"town","Parent":{"Id":"district","Parent":{"Id":"governorate"}}}""")]
    [InlineData("Places('district')?$select=Id&$expand=Parent($levels=3;$select=Id)", "(Id,Parent+(Id))", """{"Id":"district","Parent":{"Id":"governorate","Parent":{"Id":"country","Parent":null}}}""")]
    [InlineData("Places('town')?$select=Id&$expand=parent($select=Id;LEVELS=Max)", "(Id,Parent+(Id))",
        """{"Id":"town","Parent":{"Id":"district","Parent":{"Id":"governorate","Parent":{"Id":"country"}}}}""")]
    [InlineData("Places('governorate')?$select=Id&$expand=Children($levels=max;$select=Id;$orderby=Id desc;$top=1;$count=true)", "(Id,Children+(Id))",
        """{"Id":"governorate","Children@odata.count":2,"Children":[{"Id":"other","Children@odata.count":0,"Children":[]}]}""")]
    [InlineData("Casualties('part')?$select=Id&$expand=Whole($levels=2;$select=Id)", "(Id,Whole+(Id))", """{"Id":"part","Whole":{"Id":"whole","Whole":null}}""")]
    [InlineData("Casualties('part')?$select=Id&$expand=Place($select=Id;$expand=Parent($levels=2;$select=Id))", "(Id,Place(Id,Parent+(Id)))",
        """{"Id":"part","Place":{"Id":"town","Parent":{"Id":"district","Parent":{"Id":"governorate"}}}}""")]
    public async Task Levels_go_the_same_way_again(string query, string context, string record)
    {
        var reply = await server.Get(query);

        Assert.True(reply.Status == 200, reply.Body);
        Assert.EndsWith(context + "/$entity", (string)reply.Json["@odata.context"]!, StringComparison.Ordinal);
        var body = reply.Json.AsObject();
        body.Remove("@odata.context");
        Assert.Equal(JsonNode.Parse(record)!.ToJsonString(), body.ToJsonString());
    }

    [Theory]
    [InlineData("Places?$expand=Parent($levels=4)", "at most 3 deep")]
    [InlineData("Places?$expand=Casualties($expand=Place($expand=Parent($levels=2)))", "at most 1 deep here")]
    [InlineData("Places?$expand=Casualties($expand=Place($expand=Parent($expand=Parent)))", "at most 3 deep")]
    [InlineData("Places?$expand=Casualties($levels=2)", "one level")]
    [InlineData("Places?$expand=Parent($levels=0)", "whole number from 1, or max; found 0")]
    [InlineData("Places?$expand=Parent($levels=two)", "found two")]
    [InlineData("Places?$expand=Parent($levels=2;$expand=Parent)", "twice")]
    [InlineData("Places?$expand=Children/$count($levels=2)", "no meaning")]
    public async Task Levels_that_cannot_be_gone_are_refused(string query, string words)
    {
        var reply = await server.Get(query);

        Assert.Equal((400, "$expand"), (reply.Status, (string?)reply.Json["error"]!["target"]));
        Assert.Contains(words, (string)reply.Json["error"]!["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_star_expands_every_way_that_is_not_named()
    {
        var record = (await server.Get("Zones?$expand=*($select=Id),ZoneMemberships/$count")).Json["value"]![0]!.AsObject();

        Assert.Equal(["Source", "ZoneMemberships@odata.count"], record.Select(member => member.Key).Where(name => name.StartsWith("Zone", StringComparison.Ordinal) || name == "Source"));
        Assert.Equal("""{"Id":"s"}""", record["Source"]!.ToJsonString());
    }

    [Theory]
    [InlineData("Places('town')?$select=Id&$expand=Casualties($compute=Low mul 2 as Twice;$select=Id,Twice;$filter=Twice gt 2;$orderby=Twice desc)",
        """[{"Id":"part","Twice":6}]""")]
    [InlineData("Places('town')?$select=Id&$expand=Casualties($compute=Place/Name as Where,Low divby 0 as Infinite;$select=Where,Infinite)",
        """[{"@odata.id":"Casualties('whole')","Where":"a town","Infinite":"INF"},{"@odata.id":"Casualties('part')","Where":"a town","Infinite":"INF"}]""")]
    [InlineData("Places('town')?$select=Id&$expand=Casualties($compute=case(Low gt 2:'many',true:'few') as How;$select=*;$filter=How eq 'many';$top=1)", null)]
    [InlineData("Places('town')?$select=Id&$expand=Casualties($filter=Low gt @least;$select=Id;@least=2)", """[{"Id":"part"}]""")]
    [InlineData("Places('town')?$select=Id&$expand=Casualties($filter=Low gt @least;$select=Id)&@least=2", """[{"Id":"part"}]""")]
    [InlineData("Places('town')?$select=Id&$expand=Casualties($filter=Low gt @least;$select=Id;@least=2)&@least=0", """[{"Id":"part"}]""")]
    [InlineData("Places('town')?$select=Id&$expand=Casualties($filter=Low gt @least;$select=Id;@least=Low sub 1)", """[{"Id":"whole"},{"Id":"part"}]""")]
    [InlineData("Places('town')?$select=Id&$expand=Casualties($filter=Id in @ids;$select=Id;@ids=['part','x;)y'])", """[{"Id":"part"}]""")]
    [InlineData("Places('town')?$select=Id&$expand=Casualties($filter=$this/Low gt 2;$select=Id)", """[{"Id":"part"}]""")]
    [InlineData("Places('town')?$select=Id&$expand=Casualties($search=\"x;)y\" OR few;$select=Id)", """[{"Id":"part"}]""")]
    [InlineData("Places('town')?$select=Id&$expand=Casualties($filter=Note eq 'few; x)y';$select=Id)", """[{"Id":"part"}]""")]
    public async Task Options_mean_within_expand_what_they_mean_around_it(string query, string? records)
    {
        var reply = await server.Get(query);

        Assert.True(reply.Status == 200, reply.Body);
        var expanded = reply.Json["Casualties"]!;
        Assert.Equal(records is null ? "many" : JsonNode.Parse(records)!.ToJsonString(), records is null ? (string)expanded[0]!["How"]! : expanded.ToJsonString());
    }

    [Theory]
    [InlineData("Places?$expand=Casualties($filter=Low gt @p)&@p=Latitude", 501, "the alias @p within $expand")]
    [InlineData("Places?$expand=Casualties($filter=Low gt)", 400, "position 6 in 'Low gt'. ($filter of Casualties)")]
    [InlineData("Places?$expand=Casualties($expand=Place($select=Nope))", 400, "Nope")]
    [InlineData("Places?$expand=Casualties($compute=Low as Low)", 400, "taken")]
    [InlineData("Places?$expand=Casualties($top=x)", 400, "$top of Casualties")]
    [InlineData("Places?$expand=Casualties($filter=Low gt @a;@a=1;@a=2)", 400, "@a is given twice")]
    public async Task What_is_wrong_within_expand_says_where(string query, int status, string words)
    {
        var reply = await server.Get(query);

        Assert.Equal((status, "$expand"), (reply.Status, (string?)reply.Json["error"]!["target"]));
        Assert.Contains(words, (string)reply.Json["error"]!["message"]!, StringComparison.Ordinal);
    }

    public ValueTask InitializeAsync()
    {
        server.Commit(
            Record("Places", "country"), Record("Places", "governorate", ("ParentId", "country")), Record("Places", "district", ("ParentId", "governorate")),
            Record("Places", "town", ("ParentId", "district"), ("Name", "a town"), ("Latitude", 1.5)), Record("Places", "other", ("ParentId", "governorate")),
            Record("Sources", "s"), Record("Zones", "z", ("SourceId", "s")),
            Casualty("whole", ("PlaceId", "town"), ("Low", 1L)), Casualty("part", ("PlaceId", "town"), ("Low", 3L), ("PartOf", "whole"), ("Note", "few; x)y")));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
