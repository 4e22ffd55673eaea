namespace ConflictData.Tests.OData.Apply;

/// <summary>Steps within a groupby, applied to each group by itself.</summary>
public sealed class GroupSequenceTests : IAsyncLifetime
{
    private readonly Server server = new(new Settings { MaxGroups = 5 });

    [Theory]
    [InlineData("groupby((PartyId),filter(Low gt 25)/aggregate(Low with sum as S))", """{"PartyId":null,"S":31} {"PartyId":"is","S":374} {"PartyId":"sdf","S":null}""")]
    [InlineData("groupby((PartyId),filter(Low gt 25)/aggregate($count as N,1 with sum as S,Low with countdistinct as D))", """{"PartyId":null,"N":1,"S":1,"D":1} {"PartyId":"is","N":1,"S":1,"D":1} {"PartyId":"sdf","N":0,"S":null,"D":0}""")]
    [InlineData("groupby((PartyId),compute(Low mul 2 as Twice)/aggregate(Twice with sum as S))", """{"PartyId":null,"S":78} {"PartyId":"is","S":748} {"PartyId":"sdf","S":46}""")]
    [InlineData("groupby((Outcome),search(prison)/aggregate($count as N))", """{"Outcome":"displaced","N":0} {"Outcome":"injured","N":0} {"Outcome":"killed","N":2}""")]
    [InlineData("groupby((PartyId),orderby(Id desc)/top(1)/aggregate(Id with max as Last))", """{"PartyId":null,"Last":"e"} {"PartyId":"is","Last":"a"} {"PartyId":"sdf","Last":"f"}""")]
    [InlineData("groupby((PartyId),orderby(Low desc)/skip(1)/aggregate($count as N))", """{"PartyId":null,"N":1} {"PartyId":"is","N":0} {"PartyId":"sdf","N":2}""")]
    [InlineData("groupby((PartyId),top(1))/compute(Id as I)/groupby((PartyId,I))", """{"PartyId":null,"I":"d"} {"PartyId":"is","I":"a"} {"PartyId":"sdf","I":"b"}""")]
    [InlineData("groupby((PartyId),top(0)/aggregate($count as N))", """{"PartyId":null,"N":0} {"PartyId":"is","N":0} {"PartyId":"sdf","N":0}""")]
    [InlineData("groupby((PartyId),top(0))/aggregate($count as N)", """{"N":0}""")]
    [InlineData("groupby((PartyId),identity/aggregate($count as N)/compute(N mul 2 as M)/filter(M gt 2))", """{"PartyId":null,"N":2,"M":4} {"PartyId":"sdf","N":3,"M":6}""")]
    [InlineData("groupby((PartyId),groupby((Outcome),aggregate($count as N))/orderby(N desc)/top(1))", """{"PartyId":null,"Outcome":"injured","N":1} {"PartyId":"is","Outcome":"killed","N":1} {"PartyId":"sdf","Outcome":"killed","N":2}""")]
    [InlineData("groupby((PartyId),groupby((Outcome),aggregate($count as N))/aggregate(N with max as M,$count as Outcomes))", """{"PartyId":null,"M":1,"Outcomes":2} {"PartyId":"is","M":1,"Outcomes":1} {"PartyId":"sdf","M":2,"Outcomes":2}""")]
    [InlineData("groupby((PartyId),filter(Outcome eq 'injured')/groupby((PlaceId),filter(false)/aggregate($count as N))/aggregate($count as Places,N with sum as S))", """{"PartyId":null,"Places":1,"S":0} {"PartyId":"is","Places":0,"S":null} {"PartyId":"sdf","Places":0,"S":null}""")]
    [InlineData("groupby((PartyId),groupby((PlaceId),filter(false))/aggregate($count as N))", """{"PartyId":null,"N":0} {"PartyId":"is","N":0} {"PartyId":"sdf","N":0}""")]
    [InlineData("groupby((PartyId),groupby((PartyId),aggregate($count as N)))", """{"PartyId":null,"N":2} {"PartyId":"is","N":1} {"PartyId":"sdf","N":3}""")]
    [InlineData("groupby((Outcome),concat(aggregate($count as N),aggregate(Low with sum as S)))/filter(Outcome ne 'killed')", """{"Outcome":"displaced","N":1} {"Outcome":"displaced","S":null} {"Outcome":"injured","N":1} {"Outcome":"injured","S":8}""")]
    [InlineData("groupby((Outcome),concat(filter(Low gt 30)/groupby((Id)),aggregate($count as N)))", """{"Outcome":"displaced","N":1} {"Outcome":"injured","N":1} {"Outcome":"killed","Id":"a"} {"Outcome":"killed","Id":"d"} {"Outcome":"killed","N":4}""")]
    [InlineData("groupby((Outcome),concat(identity,aggregate($count as N))/filter(Outcome eq null))", """{"Outcome":"displaced","N":1} {"Outcome":"injured","N":1} {"Outcome":"killed","N":4}""")]
    [InlineData("groupby((Outcome),concat(filter(false),filter(Low gt 100))/aggregate($count as N))", """{"Outcome":"displaced","N":0} {"Outcome":"injured","N":0} {"Outcome":"killed","N":1}""")]
    [InlineData("concat(aggregate($count as N),groupby((Outcome),filter(Low gt 30)/aggregate($count as N)))", """{"N":6} {"N":0,"Outcome":"displaced"} {"N":0,"Outcome":"injured"} {"N":2,"Outcome":"killed"}""")]
    [InlineData("groupby((Place/CountryCode),orderby(Place/Name desc,Id)/top(1)/groupby((Id)))", """{"Place":{"CountryCode":null},"Id":"f"} {"Place":{"CountryCode":"IQ"},"Id":"d"} {"Place":{"CountryCode":"SY"},"Id":"a"}""")]
    [InlineData("groupby((Outcome),filter(Place/CountryCode eq 'SY')/aggregate(Place/Latitude with sum as S))", """{"Outcome":"displaced","S":null} {"Outcome":"injured","S":36.5} {"Outcome":"killed","S":36.5}""")]
    [InlineData("compute(year(StartDate) as Year)/groupby((Year),filter(Year eq 2022)/aggregate($count as N))", """{"Year":null,"N":0} {"Year":2022,"N":3}""")]
    public async Task Steps_are_applied_to_each_group_and_a_group_of_no_rows_is_one_all_the_same(string apply, string rows) => Assert.Equal(rows, await server.Rows(apply));

    [Fact]
    public async Task Records_of_groups_stay_records_ordered_by_their_group()
    {
        var reply = await server.Apply("groupby((Outcome),orderby(Id desc)/top(2))");
        Assert.Equal(["f", "e", "d", "c"], reply.Ids);
        Assert.Equal($"{Server.Root}/$metadata#Casualties", (string?)reply.Json["@odata.context"]);

        var nested = (await server.Apply("groupby((Place/CountryCode),top(1))", "&$select=Id,Place")).Json;
        Assert.Equal($"{Server.Root}/$metadata#Casualties(Id,Place(CountryCode))", (string?)nested["@odata.context"]);
        Assert.Equal("""{"Id":"f","Place":{"CountryCode":null}} {"Id":"d","Place":{"CountryCode":"IQ"}} {"Id":"a","Place":{"CountryCode":"SY"}}""", string.Join(' ', nested["value"]!.AsArray().Select(row => row!.ToJsonString())));
    }

    [Theory]
    [InlineData("groupby((Outcome),)")]
    [InlineData("groupby((Outcome),identity,identity)")]
    [InlineData("groupby((Outcome),aggregate($count as N)/nope)")]
    [InlineData("groupby((Outcome),aggregate(Low with sum as outcome))")]
    [InlineData("groupby((Outcome),compute(1 as Outcome))")]
    [InlineData("groupby((Outcome),groupby((PartyId),aggregate($count as Outcome)))")]
    [InlineData("compute(1 as Year)/groupby((Year),aggregate($count as Year))")]
    [InlineData("groupby((Outcome),aggregate($count as N))/groupby((N),aggregate($count as N))")]
    public Task What_makes_no_sense_is_refused(string apply) => server.Refused(apply, 400);

    [Theory]
    [InlineData("groupby((Id))")]
    [InlineData("groupby((Id),aggregate($count as N))")]
    [InlineData("groupby((Id),top(1))")]
    [InlineData("groupby((Id))/aggregate($count as N)")]
    [InlineData("groupby((Id),filter(false)/aggregate($count as N))")]
    [InlineData("groupby((Outcome),groupby((Id),top(1)/aggregate($count as N))/aggregate($count as N))")]
    [InlineData("concat(aggregate($count as N),groupby((Id),aggregate($count as N)))")]
    public async Task More_groups_than_may_be_are_refused_wherever_they_are_made(string apply) =>
        Assert.Contains("more than 5 groups", await server.Refused(apply, 400), StringComparison.Ordinal);

    [Theory]
    [InlineData("groupby((Outcome),topcount(1,Low))")]
    [InlineData("groupby((Outcome),nest(identity as X))")]
    [InlineData("groupby((rollup(Outcome,PartyId)),aggregate($count as N))")]
    public Task What_is_not_there_within_a_groupby_is_named(string apply) => server.Refused(apply, 501);

    public ValueTask InitializeAsync()
    {
        server.Commit(Sample.Casualties.Concat(Sample.Related));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
