using System.Text.Json.Nodes;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Navigation;

/// <summary>What is expanded, in the forms that few clients ask for.</summary>
public sealed class ExpandFormTests : IAsyncLifetime
{
    private const string Full = "application/json;odata.metadata=full";

    private readonly Server server = new();

    [Theory]
    [InlineData("Casualties?$select=Id&$expand=Place($select=Id,Name)", "Id,Place/Id,Place/Name", "a,raqqa,\"Raq\"\"qa\"", "b,raqqa,\"Raq\"\"qa\"", "c,,")]
    [InlineData("Casualties?$select=Id&$expand=Place($select=Name;$expand=Parent($select=Id,Latitude)),Party($select=Name)&$orderby=Id desc",
        "Id,Place/Name,Place/Parent/Id,Place/Parent/Latitude,Party/Name", "c,,,,", "b,\"Raq\"\"qa\",syria,35.95,", "a,\"Raq\"\"qa\",syria,35.95,قسد")]
    [InlineData("Places?$select=Id&$expand=Casualties/$count,Parent($select=Id;$expand=Casualties/$count($filter=Low gt 1))",
        "Id,Casualties@odata.count,Parent/Id,Parent/Casualties@odata.count", "syria,0,,", "raqqa,2,syria,0")]
    [InlineData("Casualties?$select=Id&$expand=Place/$ref&$top=1", "Id,Place/@odata.id", "a,Places('raqqa')")]
    [InlineData("Casualties?$select=Id&$expand=Place($compute=Latitude add 1 as North;$select=North)&$top=1", "Id,Place/North", "a,")]
    [InlineData("Casualties('a')?$select=Id&$expand=Whole($levels=2;$select=Id)", "Id,Whole/Id,Whole/Whole/Id", "a,b,c")]
    public async Task In_CSV_the_record_that_another_refers_to_is_more_columns(string query, params string[] lines)
    {
        var reply = await server.Get($"{query}&$format=csv");

        Assert.True(reply.Status == 200, reply.Body);
        Assert.Equal(string.Concat(lines.Select(line => line + "\r\n")), reply.Body);
    }

    [Theory]
    [InlineData("Places?$expand=Casualties")]
    [InlineData("Casualties?$expand=Place($expand=Children)")]
    public async Task In_CSV_there_is_no_room_for_many(string query)
    {
        var reply = await server.Get($"{query}&$format=csv");

        Assert.Equal((501, "$expand"), (reply.Status, (string?)reply.Json["error"]!["target"]));
        Assert.Contains("/$count, or for JSON or NDJSON", (string)reply.Json["error"]!["message"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("4.0", "#")]
    [InlineData("4.01", "")]
    public async Task Full_metadata_names_every_record_and_type_at_every_depth(string version, string hash)
    {
        var reply = await server.Get($"Places?$select=Latitude&$expand=Casualties($select=Low,High,Outcome;$count=true;$top=1),Parent($select=Name)&$filter=Id eq 'raqqa'&$format={Full}", headers: ("OData-MaxVersion", version));

        Assert.Equal(JsonNode.Parse($$"""
            {
              "@odata.type": "#ConflictData.Place", "@odata.id": "{{Server.Root}}/Places('raqqa')", "Latitude": null,
              "Casualties@odata.associationLink": "{{Server.Root}}/Places('raqqa')/Casualties/$ref", "Casualties@odata.navigationLink": "{{Server.Root}}/Places('raqqa')/Casualties",
              "Casualties@odata.count": 2,
              "Casualties": [{
                "@odata.type": "#ConflictData.Casualty", "@odata.id": "{{Server.Root}}/Casualties('a')",
                "Low@odata.type": "{{hash}}Int64", "Low": 9007199254740993, "High": null, "Outcome": "killed"
              }],
              "Parent@odata.associationLink": "{{Server.Root}}/Places('raqqa')/Parent/$ref", "Parent@odata.navigationLink": "{{Server.Root}}/Places('raqqa')/Parent",
              "Parent": {"@odata.type": "#ConflictData.Place", "@odata.id": "{{Server.Root}}/Places('syria')", "Name": "Syria"}
            }
            """)!.ToJsonString(), reply.Json["value"]![0]!.ToJsonString());
    }

    /// <summary>JSON 4.01, 3.1.2: full metadata has both links of every way, whether or not it is gone.</summary>
    [Theory]
    [InlineData("Casualties?$filter=Id eq 'a'", "value/0", "Casualties", "Event Place Party Perpetrator Claimant Source CitedSource Whole Parts")]
    [InlineData("Casualties('a')", "", "Casualties", "Event Place Party Perpetrator Claimant Source CitedSource Whole Parts")]
    [InlineData("Casualties('a')?$expand=Place,Parts/$count,Whole/$ref", "", "Casualties", "Event Place Party Perpetrator Claimant Source CitedSource Whole Parts")]
    [InlineData("Casualties('a')?$select=*", "", "Casualties", "Event Place Party Perpetrator Claimant Source CitedSource Whole Parts")]
    [InlineData("Casualties('a')?$select=Low,Place,Parts&$expand=Whole($select=Id)", "", "Casualties", "Place Whole Parts")]
    [InlineData("Casualties('a')?$expand=Place", "Place", "Places", "Casualties Arrests AttackCounts Figures ZoneMemberships Events Parent Children")]
    [InlineData("Casualties('a')?$expand=Place($expand=Parent($select=Name,Children),Events)", "Place", "Places", "Casualties Arrests AttackCounts Figures ZoneMemberships Events Parent Children")]
    [InlineData("Casualties('a')?$expand=Place($expand=Parent($select=Name,Children),Events)", "Place/Parent", "Places", "Children")]
    [InlineData("Places('raqqa')?$expand=Casualties($filter=Id eq 'a';$expand=Whole)", "Casualties/0", "Casualties", "Event Place Party Perpetrator Claimant Source CitedSource Whole Parts")]
    [InlineData("Casualties?$apply=filter(Id eq 'a')", "value/0", "Casualties", "Event Place Party Perpetrator Claimant Source CitedSource Whole Parts")]
    [InlineData("Casualties?$apply=groupby((Id))&$top=1", "value/0", "Casualties", "")]
    [InlineData("Casualties?$apply=filter(Id eq 'a')&$select=Id", "value/0", "Casualties", "")]
    [InlineData("Casualties?$select=Id,Low&$filter=Id eq 'a'", "value/0", "Casualties", "")]
    [InlineData("CasualtiesWide('a')", "", "CasualtiesWide", "")]
    public async Task Full_metadata_gives_the_links_of_every_way_of_a_record(string query, string place, string set, string ways)
    {
        var record = At((await server.Get(query, headers: ("Accept", Full))).Json, place);
        var address = (string?)record["@odata.id"];
        var links = record.Where(member => member.Key.EndsWith("Link", StringComparison.Ordinal)).ToDictionary(member => member.Key, member => (string?)member.Value);

        Assert.Equal(ways.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(way => new[] { $"{way}@odata.associationLink", $"{way}@odata.navigationLink" }).Order(), links.Keys.Order());
        foreach (var (name, link) in links)
        {
            Assert.StartsWith($"{Server.Root}/{set}('", address, StringComparison.Ordinal);
            Assert.Equal($"{address}/{name.Split('@')[0]}{(name.EndsWith("associationLink", StringComparison.Ordinal) ? "/$ref" : "")}", link);
            // What a record of the tests must refer to need not be there.
            Assert.True((await server.Get(link!)).Status is 200 or 204 || name.StartsWith("Claimant", StringComparison.Ordinal) || name.StartsWith("Source", StringComparison.Ordinal), link);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(";odata.metadata=none")]
    public async Task Other_metadata_has_none(string level)
    {
        var body = (await server.Get("Places?$expand=Casualties($expand=Place)", headers: ("Accept", "application/json" + level))).Body;

        Assert.DoesNotContain("avigationLink", body, StringComparison.Ordinal);
        Assert.DoesNotContain("ssociationLink", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_links_of_a_way_stand_right_before_it_also_where_it_leads_nowhere()
    {
        var none = (await server.Get("Casualties('c')?$select=Id&$expand=Place($select=Id)", headers: [("Accept", Full), ("Prefer", "omit-values=nulls")])).Json.AsObject();
        var some = (await server.Get("Casualties('a')?$select=Id&$expand=Parts($count=true;$select=Id)", headers: ("Accept", Full))).Json.AsObject();

        Assert.Equal(["Id", "Place@odata.associationLink", "Place@odata.navigationLink"], none.Select(member => member.Key).Where(name => name[0] != '@'));
        Assert.Equal(["Id", "Parts@odata.associationLink", "Parts@odata.navigationLink", "Parts@odata.count", "Parts"], some.Select(member => member.Key).Where(name => name[0] != '@'));
    }

    [Fact]
    public async Task Whole_numbers_are_strings_at_every_depth()
    {
        var reply = await server.Get("Places('raqqa')?$select=Id&$expand=Casualties($select=Low,High;$count=true;$top=1)&$format=application/json;IEEE754Compatible=true;metadata=none");

        Assert.Equal("""{"Id":"raqqa","Casualties@odata.count":"2","Casualties":[{"Low":"9007199254740993","High":null}]}""", reply.Body);
    }

    [Theory]
    [InlineData("Casualties?$select=Id,High&$expand=Place($select=Name,Latitude;$expand=Parent($select=Latitude)),Party($select=Name)",
        """[{"Id":"a","Place":{"@odata.id":"Places('raqqa')","Name":"Raq\"qa","Parent":{"@odata.id":"Places('syria')","Latitude":35.95}},"Party":{"@odata.id":"Actors('sdf')","Name":"قسد"}},{"Id":"b","Place":{"@odata.id":"Places('raqqa')","Name":"Raq\"qa","Parent":{"@odata.id":"Places('syria')","Latitude":35.95}}},{"Id":"c"}]""")]
    [InlineData("Places?$select=Latitude&$expand=Casualties($select=High),Events($select=Id)&$filter=Id eq 'raqqa'", """[{"@odata.id":"Places('raqqa')","Casualties":[{"@odata.id":"Casualties('a')"},{"@odata.id":"Casualties('b')"}],"Events":[]}]""")]
    public async Task Nulls_are_left_out_at_every_depth(string query, string records)
    {
        var reply = await server.Get(query, headers: ("Prefer", "omit-values=nulls"));

        Assert.Equal("omit-values=nulls", reply.Header("Preference-Applied"));
        Assert.Equal(JsonNode.Parse(records)!.ToJsonString(), reply.Json["value"]!.ToJsonString());
    }

    [Fact]
    public async Task All_forms_together_say_what_the_usual_one_says()
    {
        const string Query = "Places?$expand=Casualties($expand=Whole,Place;$count=true),Parent,Children&$orderby=Id";
        var usual = (await server.Get(Query)).Json["value"]!.AsArray();
        var other = (await server.Get($"{Query}&$format={Full};IEEE754Compatible=true", headers: ("Prefer", "omit-values=nulls"))).Json["value"]!.AsArray();

        Assert.All(usual.Zip(other), pair => AssertSame(pair.First, pair.Second));
    }

    [Fact]
    public async Task Lines_take_the_same_forms() =>
        Assert.Equal("{\"Id\":\"c\"}\n", (await server.Get("Casualties?$select=Id&$expand=Place($select=Id)&$filter=Id eq 'c'&$format=ndjson", headers: ("Prefer", "omit-values=nulls"))).Body);

    [Theory]
    [InlineData("4.01", "#Casualties(Place(),Whole(Id))")]
    [InlineData("4.0", "#Casualties(Whole(Id))")]
    public async Task The_context_names_what_is_expanded_as_the_version_has_it(string version, string end) =>
        Assert.EndsWith(end, (string)(await server.Get("Casualties?$expand=Place,Whole($select=Id),Party/$ref,Parts/$count", headers: ("OData-MaxVersion", version))).Json["@odata.context"]!, StringComparison.Ordinal);

    public ValueTask InitializeAsync()
    {
        server.Commit(
            Record("Places", "syria", ("Name", "Syria"), ("Latitude", 35.95)), Record("Places", "raqqa", ("Name", "Raq\"qa"), ("ParentId", "syria")),
            Record("Actors", "sdf", ("Name", "قسد")),
            Casualty("a", ("PlaceId", "raqqa"), ("PartyId", "sdf"), ("Low", 9007199254740993L), ("StartDate", new DateOnly(2022, 1, 20)), ("PartsComplete", true), ("PartOf", "b")),
            Casualty("b", ("PlaceId", "raqqa"), ("Low", 2L), ("PartOf", "c")), Casualty("c"));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private static JsonObject At(JsonNode node, string place) => place.Split('/', StringSplitOptions.RemoveEmptyEntries)
        .Aggregate(node, (at, step) => int.TryParse(step, out var index) ? at[index]! : at[step]!).AsObject();

    /// <summary>The same values: whole numbers may be strings, nulls may be missing, and there may be annotations besides.</summary>
    private static void AssertSame(JsonNode? usual, JsonNode? other)
    {
        if (usual is JsonObject record)
        {
            Assert.All(record, member => AssertSame(member.Value, other![member.Key]));
            return;
        }
        if (usual is JsonArray list)
        {
            Assert.Equal(list.Count, other!.AsArray().Count);
            Assert.All(list.Zip(other.AsArray()), pair => AssertSame(pair.First, pair.Second));
            return;
        }
        Assert.Equal(usual?.ToString(), other?.ToString());
    }
}
