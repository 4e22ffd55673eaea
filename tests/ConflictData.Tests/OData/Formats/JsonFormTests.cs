using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Formats;

/// <summary>The forms of JSON beside the usual one.</summary>
public sealed class JsonFormTests : IAsyncLifetime
{
    private const string Select = "$select=Low,High,StartDate,Outcome,PartsComplete";

    private readonly Server server = new();

    [Fact]
    public async Task Full_metadata_names_every_record_and_the_types_that_cannot_be_seen()
    {
        var reply = await server.Get($"Casualties?{Select}&$count=true&$format=application/json;odata.metadata=full", headers: ("OData-MaxVersion", "4.0"));

        Assert.Equal(
            "{\"@odata.context\":\"https://data.example/api/odata/$metadata#Casualties(Low,High,StartDate,Outcome,PartsComplete)\",\"@odata.count\":1,\"value\":["
            + "{\"@odata.type\":\"#ConflictData.Casualty\",\"@odata.id\":\"https://data.example/api/odata/Casualties('a')\","
            + "\"Low@odata.type\":\"#Int64\",\"Low\":9007199254740993,\"High\":null,\"StartDate@odata.type\":\"#Date\",\"StartDate\":\"2022-01-20\","
            + "\"Outcome\":\"killed\",\"PartsComplete\":true}]}",
            reply.Body);
    }

    [Fact]
    public async Task In_4_01_the_standards_own_types_have_no_hash()
    {
        var record = (await server.Get("Casualties('a')?$select=Low", headers: ("Accept", "application/json;metadata=full"))).Json;

        Assert.Equal(("#ConflictData.Casualty", "Int64"), ((string?)record["@odata.type"], (string?)record["Low@odata.type"]));
        Assert.Equal("https://data.example/api/odata/Casualties('a')", (string?)record["@odata.id"]);
    }

    [Fact]
    public async Task Long_whole_numbers_are_strings_for_clients_that_have_only_doubles()
    {
        var compatible = ("Accept", "application/json;IEEE754Compatible=true");
        Assert.Equal(
            "{\"@odata.context\":\"https://data.example/api/odata/$metadata#Casualties(Low,High)\",\"@odata.count\":\"1\",\"value\":[{\"@odata.id\":\"Casualties('a')\",\"Low\":\"9007199254740993\",\"High\":null}]}",
            (await server.Get("Casualties?$select=Low,High&$count=true", headers: compatible)).Body);
        Assert.EndsWith("\"value\":\"9007199254740993\"}", (await server.Get("Casualties('a')/Low", headers: compatible)).Body, StringComparison.Ordinal);
    }

    /// <summary>JSON format 4.01, control information id: without its key a record could not be told from others.</summary>
    [Theory]
    [InlineData("Casualties?$select=Low&$top=1", "{\"@odata.id\":\"Casualties('a')\",\"Low\":9007199254740993}")]
    [InlineData("Casualties?$select=Low,ID&$top=1", "{\"Low\":9007199254740993,\"Id\":\"a\"}")]
    [InlineData("Casualties?$select=Low&$top=1&$format=application/json;metadata=none", "{\"Low\":9007199254740993}")]
    [InlineData("CasualtiesWide?$select=Low&$top=1", "{\"@odata.id\":\"CasualtiesWide('a')\",\"Low\":9007199254740993}")]
    [InlineData("CasualtiesWide?$select=Low&$orderby=Date&$top=1", "{\"@odata.id\":\"CasualtiesWide('a')\",\"Low\":9007199254740993}")]
    public async Task A_record_without_its_key_comes_with_its_address(string address, string record)
    {
        var body = (await server.Get(address)).Body;

        Assert.EndsWith($"\"value\":[{record}]}}", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_address_leads_to_the_record()
    {
        var page = (await server.Get("CasualtiesWide?$select=Outcome&$top=1")).Json;
        var address = (string)page["value"]![0]!["@odata.id"]!;

        Assert.StartsWith("CasualtiesWide('", address, StringComparison.Ordinal);
        Assert.Equal(200, (await server.Get(address)).Status);
        Assert.Equal("Low\n9007199254740993\n", (await server.Get("Casualties?$select=Low&$format=csv")).Body.ReplaceLineEndings("\n").TrimStart('\uFEFF'));
    }

    [Theory]
    [InlineData("omit-values=nulls", "omit-values=nulls")]
    [InlineData("odata.omit-values=\"nulls\"", "odata.omit-values=nulls")]
    [InlineData("respond-async, omit-values=nulls, maxpagesize=5", "maxpagesize=5, omit-values=nulls")]
    public async Task Nulls_are_left_out_where_the_client_prefers_it(string prefer, string applied)
    {
        var reply = await server.Get($"Casualties?{Select}&$format=application/json;odata.metadata=none", headers: ("Prefer", prefer));

        Assert.Equal(applied, reply.Header("Preference-Applied"));
        Assert.Equal("""{"value":[{"Low":9007199254740993,"StartDate":"2022-01-20","Outcome":"killed","PartsComplete":true}]}""", reply.Body);
    }

    [Fact]
    public async Task A_record_of_nulls_is_an_object_all_the_same()
    {
        var reply = await server.Get("Casualties('a')?$select=High", headers: ("Prefer", "omit-values=nulls"));

        Assert.Equal("""{"@odata.context":"https://data.example/api/odata/$metadata#Casualties(High)/$entity","@odata.id":"Casualties('a')"}""", reply.Body);
        Assert.Equal("{}\n", (await server.Get("Casualties?$select=High&$format=ndjson", headers: ("Prefer", "omit-values=nulls"))).Body);
    }

    [Theory]
    [InlineData("omit-values=defaults", "Casualties")]
    [InlineData("omit-values=nulls", "Casualties?$format=csv")]
    [InlineData("omit-values=nulls", "Casualties/$count")]
    public async Task A_preference_that_is_not_met_is_not_claimed(string prefer, string address) =>
        Assert.Null((await server.Get(address, headers: ("Prefer", prefer))).Header("Preference-Applied"));

    [Fact]
    public async Task The_slow_writer_says_the_same_as_the_fast_one()
    {
        var (usual, full) = ((await server.Get("Casualties")).Json["value"]![0]!.AsObject(), (await server.Get("Casualties?$format=application/json;metadata=full")).Json["value"]![0]!.AsObject());

        Assert.All(usual, member => Assert.Equal(member.Value?.ToJsonString(), full[member.Key]?.ToJsonString()));
    }

    public ValueTask InitializeAsync()
    {
        server.Commit(Casualty("a", ("Low", 9007199254740993L), ("Outcome", "killed"), ("StartDate", new DateOnly(2022, 1, 20)), ("PartsComplete", true), ("Note", "قسد \"x\" <&> \\ \n")));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
