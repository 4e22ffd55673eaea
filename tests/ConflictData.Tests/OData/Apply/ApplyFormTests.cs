using System.Text.Json.Nodes;

namespace ConflictData.Tests.OData.Apply;

/// <summary>The forms of JSON beside the usual one, for rows that are no records.</summary>
public sealed class ApplyFormTests : IAsyncLifetime
{
    private const string Apply = "filter(Outcome eq 'injured')/groupby((Place/Name,Outcome),aggregate(Count with Conflict.total as T,Low with average as A,StartDate with max as Last))";

    private readonly Server server = new();

    [Fact]
    public async Task Full_metadata_says_the_type_of_rows_and_values_and_that_they_have_no_address()
    {
        Assert.Equal(
            $$$"""{"@odata.context":"{{{Server.Root}}}/$metadata#Casualties(Place(Name),Outcome,T,A,Last)","value":[{"@odata.type":"#ConflictData.Casualty","@odata.id":null,"Place":{"@odata.type":"#ConflictData.Place","Name":"al-Hasaka"},"Outcome":"injured","T":{"@odata.type":"#ConflictData.Total","Low@odata.type":"Int64","Low":8,"Best":null,"High@odata.type":"Int64","High":9,"About":null,"Unnumbered@odata.type":"Int64","Unnumbered":0,"Label":"8–9"},"A@odata.type":"Double","A":8,"Last":null}]}""",
            (await server.Apply(Apply, headers: ("Accept", "application/json;odata.metadata=full"))).Body);
        Assert.Contains("\"Unnumbered@odata.type\":\"#Int64\"", (await server.Apply(Apply, headers: [("Accept", "application/json;odata.metadata=full"), ("OData-MaxVersion", "4.0")])).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Full_metadata_gives_records_their_address_selected_or_not()
    {
        var reply = await server.Apply("concat(filter(Low gt 300)/compute(1 as X),aggregate($count as N))", "&$select=X,N", headers: ("Accept", "application/json;metadata=full"));

        Assert.EndsWith(
            $$"""[{"@odata.type":"#ConflictData.Casualty","@odata.id":"{{Server.Root}}/Casualties('a')","X@odata.type":"Int64","X":1},{"@odata.type":"#ConflictData.Casualty","@odata.id":null,"N@odata.type":"Int64","N":6}]}""",
            reply.Body, StringComparison.Ordinal);
        Assert.Equal($"{Server.Root}/Casualties('a')", (string?)(await server.Apply("groupby((Id))/top(1)", headers: ("Accept", "application/json;metadata=full"))).Json["value"]![0]!["@odata.id"]);
    }

    [Fact]
    public async Task Long_whole_numbers_are_strings_for_clients_that_have_only_doubles() => Assert.Equal(
        $$$"""{"@odata.context":"{{{Server.Root}}}/$metadata#Casualties(T,A,N)","@odata.count":"1","value":[{"@odata.id":null,"T":{"@odata.type":"#ConflictData.Total","Low":"8","Best":null,"High":"9","About":null,"Unnumbered":"0","Label":"8–9"},"A":8,"N@odata.type":"Int64","N":"1"}]}""",
        (await server.Apply("filter(Outcome eq 'injured')/aggregate(Count with Conflict.total as T,Low with average as A,$count as N)", "&$count=true", headers: ("Accept", "application/json;IEEE754Compatible=true"))).Body);

    [Fact]
    public async Task Nulls_are_left_out_where_the_client_prefers_it()
    {
        var json = await server.Apply(Apply, headers: [("Prefer", "omit-values=nulls"), ("Accept", "application/json;odata.metadata=none")]);
        var lines = await server.Apply(Apply, "&$format=ndjson", headers: ("Prefer", "omit-values=nulls"));

        const string Row = """{"Place":{"Name":"al-Hasaka"},"Outcome":"injured","T":{"Low":8,"High":9,"Unnumbered":0,"Label":"8–9"},"A":8}""";
        Assert.Equal(("omit-values=nulls", $$"""{"value":[{{Row}}]}"""), (json.Header("Preference-Applied"), json.Body));
        Assert.Equal(("omit-values=nulls", Row + "\n"), (lines.Header("Preference-Applied"), lines.Body));
        Assert.Equal("""{"value":[{"Place":{},"N":1}]}""", (await server.Apply("filter(Id eq 'f')/groupby((Place/Name),aggregate($count as N))", headers: [("Prefer", "omit-values=nulls"), ("Accept", "application/json;odata.metadata=none")])).Body);
    }

    [Theory]
    [InlineData("groupby((Place/Name,Outcome),aggregate(Count with Conflict.total as T,$count as N))")]
    [InlineData("concat(identity,groupby((Outcome),aggregate(Count with Conflict.total as T)),aggregate(Low with average as A))")]
    [InlineData("orderby(Low desc)/compute(Low add 1 as More)")]
    public async Task The_slow_writer_says_the_same_as_the_fast_one(string apply)
    {
        var (usual, full) = ((await server.Apply(apply)).Json["value"]!.AsArray(), (await server.Apply(apply, headers: ("Accept", "application/json;metadata=full"))).Json["value"]!.AsArray());

        Assert.Equal(usual.Select(Plain), full.Select(Plain));
        Assert.True(usual.Count > 1);
    }

    [Fact]
    public async Task Computed_options_come_after_the_steps()
    {
        Assert.Equal("""{"Outcome":"killed","N":4,"Twice":8}""", await server.Rows("groupby((Outcome),aggregate($count as N))", "&$compute=N mul 2 as Twice&$filter=Twice gt 2"));
        await server.Refused("identity", 400, "&$compute=Low add 1 as Low", target: "$compute");
        await server.Refused("identity", 501, "&$expand=Place", target: "$expand");
    }

    /// <summary>A row without control information.</summary>
    private static string Plain(JsonNode? row)
    {
        var copy = row!.DeepClone().AsObject();
        Strip(copy);
        return copy.ToJsonString();

        static void Strip(JsonObject from)
        {
            foreach (var name in from.Select(member => member.Key).Where(name => name.Contains('@')).ToList())
            {
                from.Remove(name);
            }
            foreach (var inner in from.Select(member => member.Value).OfType<JsonObject>())
            {
                Strip(inner);
            }
        }
    }

    public ValueTask InitializeAsync()
    {
        server.Commit(Sample.Casualties.Concat(Sample.Related));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
