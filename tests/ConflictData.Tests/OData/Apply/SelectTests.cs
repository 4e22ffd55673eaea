namespace ConflictData.Tests.OData.Apply;

/// <summary>$select beside $apply, and texts that steps put together.</summary>
public sealed class SelectTests : IAsyncLifetime
{
    private const string Totals = "filter(Outcome eq 'killed')/groupby((PartyId),aggregate(Count with Conflict.total as T))";

    private readonly Server server = new();

    [Theory]
    [InlineData("PartyId,T/Label", "(PartyId,T/Label)", """{"PartyId":"is","T":{"Label":"374"}}""")]
    [InlineData("T/Label", "(T/Label)", """{"T":{"Label":"374"}}""")]
    [InlineData("T/Label,T/Low", "(T/Low,T/Label)", """{"T":{"Low":374,"Label":"374"}}""")]
    [InlineData("T($select=Label)", "(T/Label)", """{"T":{"Label":"374"}}""")]
    [InlineData("T($select=Label,About),PartyId", "(T/About,T/Label,PartyId)", """{"T":{"About":null,"Label":"374"},"PartyId":"is"}""")]
    [InlineData("T/Label,T", "(T)", """{"T":{"Low":374,"Best":374,"High":374,"About":null,"Unnumbered":0,"Label":"374"}}""")]
    public async Task Members_of_a_total_can_be_selected(string select, string context, string row)
    {
        var options = $"&$select={select}&$filter=PartyId eq 'is'";

        Assert.EndsWith("#Casualties" + context, (string?)(await server.Apply(Totals, options)).Json["@odata.context"], StringComparison.Ordinal);
        Assert.Equal(row, await server.Rows(Totals, options));
    }

    [Fact]
    public async Task Files_have_only_the_members_that_were_selected()
    {
        Assert.StartsWith("T/Label,PartyId\r\n31+,\r\n", (await server.Apply(Totals, "&$select=T/Label,PartyId&$format=csv")).Body, StringComparison.Ordinal);
        Assert.StartsWith("""{"T":{"Label":"31+"}}""", (await server.Apply(Totals, "&$select=T/Label&$format=ndjson")).Body, StringComparison.Ordinal);
        Assert.Contains("\"Label\":\"31+\"", (await server.Apply(Totals, "&$select=T/Label", headers: ("Accept", "application/json;odata.metadata=full"))).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("T/Nope", 400)]
    [InlineData("PartyId/x", 400)]
    [InlineData("PartyId($select=x)", 400)]
    [InlineData("T($filter=Low gt 1)", 501)]
    [InlineData("T($select=Label;$top=1)", 501)]
    public Task What_a_total_does_not_have_is_refused(string select, int status) => server.Refused(Totals, status, $"&$select={select}", target: "$select");

    [Theory]
    [InlineData("Places?$select=Name($select=Foo)")]
    [InlineData("Places?$compute=AdminLevel mul 2 as D&$select=D($select=x)")]
    [InlineData("Places?$expand=Parent($select=Name($select=x))")]
    [InlineData("Places?$select=Id($filter=false;$top=0)")]
    public async Task A_property_of_a_record_takes_no_options(string address)
    {
        var reply = await server.Get(address);

        Assert.Equal((400, "badQuery"), (reply.Status, reply.ErrorCode));
        Assert.Contains("options in brackets", reply.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_is_not_doubled_by_each_step()
    {
        string Doubled(int times) => string.Join('/', Enumerable.Range(1, times).Select(step => $"compute(concat(X{step - 1},X{step - 1}) as X{step})"));

        Assert.Equal(200, (await server.Apply($"compute(concat(Note,Note) as X0)/{Doubled(3)}")).Status);
        Assert.Contains("at most 100 parts", await server.Refused($"compute(concat(Note,Note) as X0)/{Doubled(6)}", 400), StringComparison.Ordinal);
        Assert.Contains("at most 100 parts", await server.Refused($"compute(concat(Note,Note) as X0)/{Doubled(5)}/aggregate(X5 with max as M)/compute(concat(M,M) as N)", 400), StringComparison.Ordinal);
    }

    public ValueTask InitializeAsync()
    {
        server.Commit(Sample.Casualties.Concat(Sample.Related));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
