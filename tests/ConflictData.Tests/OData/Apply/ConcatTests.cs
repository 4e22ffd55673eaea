namespace ConflictData.Tests.OData.Apply;

/// <summary>Sequences side by side over the same rows.</summary>
public sealed class ConcatTests : IAsyncLifetime
{
    private const string Subtotals = "concat(groupby((Outcome,PartyId),aggregate($count as N)),groupby((Outcome),aggregate($count as N)),aggregate($count as N))";

    private readonly Server server = new();

    [Theory]
    [InlineData("concat(groupby((Outcome)),groupby((PartyId)))", """{"Outcome":"displaced"} {"Outcome":"injured"} {"Outcome":"killed"} {"PartyId":null} {"PartyId":"is"} {"PartyId":"sdf"}""")]
    [InlineData("filter(Outcome eq 'killed')/concat(groupby((Outcome,PartyId),aggregate($count as N)),groupby((Outcome),aggregate($count as N)),aggregate($count as N))", """{"Outcome":"killed","PartyId":null,"N":1} {"Outcome":"killed","PartyId":"is","N":1} {"Outcome":"killed","PartyId":"sdf","N":2} {"Outcome":"killed","N":4} {"N":4}""")]
    [InlineData("concat(filter(Low gt 300),filter(Low gt 300),filter(Low lt 10))/groupby((Id),aggregate($count as N))", """{"Id":"a","N":2} {"Id":"e","N":1}""")]
    [InlineData("concat(orderby(Low desc)/top(2),top(1))/aggregate(Low with sum as S,$count as N)", """{"S":779,"N":3}""")]
    [InlineData("concat(aggregate(Low with max as X),aggregate(Low with min as X))", """{"X":374} {"X":8}""")]
    [InlineData("concat(aggregate(Low with max as X),aggregate(High with max as Y))/filter(X ne null)", """{"X":374}""")]
    [InlineData("concat(aggregate(Low with max as X),aggregate(High with max as Y))/compute(X add 1 as Z)", """{"X":374,"Z":375} {"Y":374,"Z":null}""")]
    [InlineData("concat(aggregate(Low with max as X),aggregate($count as Y))/orderby(Y desc)", """{"Y":6} {"X":374}""")]
    [InlineData("concat(aggregate(Low with max as X),aggregate($count as Y))/skip(1)/top(1)", """{"Y":6}""")]
    [InlineData("concat(aggregate(Low with max as X),aggregate($count as Y))/aggregate(X with sum as S,$count as N)", """{"S":374,"N":2}""")]
    [InlineData("concat(aggregate(Low with max as X),aggregate($count as Y))/groupby((X),aggregate($count as N))", """{"X":null,"N":1} {"X":374,"N":1}""")]
    [InlineData("concat(aggregate($count as X),concat(aggregate($count as Y),aggregate($count as Z)))", """{"X":6} {"Y":6} {"Z":6}""")]
    [InlineData("concat(concat(aggregate($count as X),aggregate($count as Y)),aggregate($count as X))", """{"X":6} {"Y":6} {"X":6}""")]
    [InlineData("concat(aggregate($count as X),aggregate($count as Y))/concat(identity,identity)", """{"X":6} {"Y":6} {"X":6} {"Y":6}""")]
    [InlineData("concat(aggregate($count as X),aggregate($count as Y))/concat(filter(X eq 6),aggregate($count as X))", """{"X":6} {"X":2}""")]
    [InlineData("concat(groupby((Place/CountryCode,Place/Name),aggregate($count as N))/filter(N gt 1),groupby((Place/CountryCode),aggregate($count as N))/filter(N gt 1))", """{"Place":{"CountryCode":"SY","Name":"Raqqa"},"N":2} {"Place":{"CountryCode":"SY","Name":"al-Hasaka"},"N":2} {"Place":{"CountryCode":"SY"},"N":4}""")]
    [InlineData("concat(filter(Outcome eq 'injured')/aggregate(Count with Conflict.total as T),aggregate($count as N))", """{"T":{"Low":8,"Best":null,"High":9,"About":null,"Unnumbered":0,"Label":"8\u20139"}} {"N":6}""")]
    [InlineData("concat(groupby((Outcome),aggregate(Count with Conflict.total as T)),filter(Outcome eq 'killed')/aggregate(Count with Conflict.total as T))/filter(T/Low gt 10)/compute(T/Low add 1 as More)/groupby((More),aggregate($count as N))", """{"More":406,"N":2}""")]
    [InlineData("concat(groupby((Outcome),aggregate(Count with Conflict.total as T)),filter(Outcome eq 'killed')/aggregate(Count with Conflict.total as T))/filter(T/Label eq '8–9')", """{"Outcome":"injured","T":{"Low":8,"Best":null,"High":9,"About":null,"Unnumbered":0,"Label":"8\u20139"}}""")]
    [InlineData("concat( identity , top(1) )/aggregate($count as N)", """{"N":7}""")]
    [InlineData("concat(identity,groupby((Place/Name),top(1)))/groupby((Place/Name),aggregate($count as N))", """{"Place":{"Name":null},"N":2} {"Place":{"Name":"Mosul"},"N":2} {"Place":{"Name":"Raqqa"},"N":3} {"Place":{"Name":"al-Hasaka"},"N":3}""")]
    public async Task Sequences_follow_each_other_in_their_order_and_rows_keep_their_structure(string apply, string rows) => Assert.Equal(rows, await server.Rows(apply));

    [Fact]
    public async Task Records_stay_records()
    {
        var reply = await server.Apply("concat(filter(Low gt 300),filter(Low lt 10))/filter(Place/Name eq 'al-Hasaka')", "&$orderby=Place/Name,Id desc");

        Assert.Equal(["e", "a"], reply.Ids);
        Assert.Equal($"{Server.Root}/$metadata#Casualties", (string?)reply.Json["@odata.context"]);
        Assert.DoesNotContain("@odata.id", reply.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_context_lists_what_all_rows_have_and_only_rows_without_a_key_are_nowhere()
    {
        var mixed = (await server.Apply("concat(top(1)/compute(1 as X),aggregate($count as N))", "&$select=Id,X,N")).Json;
        Assert.Equal($"{Server.Root}/$metadata#Casualties(@Core.AnyStructure)", (string?)mixed["@odata.context"]);
        Assert.Equal("""{"Id":"a","X@odata.type":"Int64","X":1} {"@odata.id":null,"N@odata.type":"Int64","N":6}""", string.Join(' ', mixed["value"]!.AsArray().Select(row => row!.ToJsonString())));

        Assert.Equal($"{Server.Root}/$metadata#Casualties(N)", (string?)(await server.Apply(Subtotals)).Json["@odata.context"]);
        Assert.Equal($"{Server.Root}/$metadata#Casualties(*,X)", (string?)(await server.Apply("concat(compute(1 as X),compute(2 as X))")).Json["@odata.context"]);
    }

    [Fact]
    public async Task Files_have_one_header_and_lines_the_structure_of_their_row()
    {
        const string Apply = "filter(Outcome eq 'killed')/concat(groupby((PartyId),aggregate($count as N))/top(1),aggregate($count as N,Low with sum as S))";

        Assert.Equal("PartyId,N,S\r\n,1,\r\n,4,428\r\n", (await server.Apply(Apply, "&$format=csv")).Body);
        Assert.Equal("{\"PartyId\":null,\"N\":1}\n{\"N\":4,\"S\":428}\n", (await server.Apply(Apply, "&$format=ndjson")).Body);
    }

    [Fact]
    public async Task Its_rows_are_counted_paged_and_in_one_order()
    {
        var first = await server.Apply(Subtotals, "&$count=true&$orderby=N desc", headers: ("Prefer", "maxpagesize=4"));
        var second = await server.Get(first.NextLink!, headers: ("Prefer", "maxpagesize=4"));
        var third = await server.Get(second.NextLink!, headers: ("Prefer", "maxpagesize=4"));

        Assert.Equal((9, 9, null), ((int)first.Json["@odata.count"]!, (int)third.Json["@odata.count"]!, third.NextLink));
        Assert.Equal("6 4 2 1 1 1 1 1 1", string.Join(' ', new[] { first, second, third }.SelectMany(page => page.Json["value"]!.AsArray()).Select(row => (int)row!["N"]!)));
        Assert.Equal("9", (await server.Get("Casualties/$count?$apply=" + Uri.EscapeDataString(Subtotals))).Body);
    }

    [Fact]
    public async Task A_row_may_be_selected_to_nothing() =>
        Assert.Equal("""{"N":6} {}""", string.Join(' ', (await server.Apply("concat(aggregate($count as N),aggregate($count as M))", "&$select=N", headers: ("Accept", "application/json;odata.metadata=none"))).Json["value"]!.AsArray().Select(row => row!.ToJsonString())));

    [Theory]
    [InlineData("concat(identity)", 400)]
    [InlineData("concat()", 400)]
    [InlineData("concat", 400)]
    [InlineData("concat(identity,)", 400)]
    [InlineData("concat(identity,nope())", 400)]
    [InlineData("concat(identity),(identity)", 400)]
    [InlineData("concat(filter(Low gt 1),aggregate(Nope with sum as S))", 400)]
    [InlineData("concat(identity,topcount(1,Low))", 501)]
    [InlineData("concat(aggregate($count as X),aggregate(Outcome with max as X))", 501)]
    [InlineData("concat(aggregate($count as X),filter(Outcome eq 'killed')/aggregate(Count with Conflict.total as X))", 501)]
    [InlineData("concat(identity,aggregate(Low with sum as Low))", 400)]
    public Task What_makes_no_sense_is_refused(string apply, int status) => server.Refused(apply, status);

    [Fact]
    public async Task Rows_of_one_record_do_not_grow_without_bound()
    {
        const string Twice = "concat(identity,identity)";

        Assert.Equal("""{"N":96}""", await server.Rows($"{Twice}/{Twice}/{Twice}/{Twice}/aggregate($count as N)"));
        Assert.Contains("more than 20 rows of one", await server.Refused($"{Twice}/{Twice}/{Twice}/{Twice}/{Twice}", 400), StringComparison.Ordinal);
    }

    public ValueTask InitializeAsync()
    {
        server.Commit(Sample.Casualties.Concat(Sample.Related));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
