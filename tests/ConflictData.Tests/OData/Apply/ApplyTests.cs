using ConflictData.Releases;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Apply;

/// <summary>What $apply gives for six casualties, worked out by hand.</summary>
public sealed class ApplyTests : IAsyncLifetime
{
    private readonly Server server = new(new Settings { MaxGroups = 5 });

    [Theory]
    [InlineData("aggregate($count as N)", """{"N":6}""")]
    [InlineData("aggregate(Low with sum as S,Low with min as L,Low with max as H,Low with average as A,Low with countdistinct as D)", """{"S":436,"L":8,"H":374,"A":109,"D":4}""")]
    [InlineData("aggregate(Low mul 2 with sum as S)", """{"S":872}""")]
    [InlineData("aggregate(StartDate with max as Last)", """{"Last":"2022-02-01"}""")]
    [InlineData("filter(Outcome eq 'missing')/aggregate(Low with sum as S,$count as N)", """{"S":null,"N":0}""")]
    [InlineData("groupby((Outcome))", """{"Outcome":"displaced"} {"Outcome":"injured"} {"Outcome":"killed"}""")]
    [InlineData("groupby((PartyId),aggregate($count as N))", """{"PartyId":null,"N":2} {"PartyId":"is","N":1} {"PartyId":"sdf","N":3}""")]
    [InlineData("GROUPBY((partyid,outcome),AGGREGATE($COUNT AS N))/FILTER(N gt 1)", """{"PartyId":"sdf","Outcome":"killed","N":2}""")]
    [InlineData("groupby((Outcome),aggregate(Low with sum as S))/orderby(S desc)/top(2)", """{"Outcome":"killed","S":428} {"Outcome":"injured","S":8}""")]
    [InlineData("groupby((Outcome),aggregate($count as N))/skip(1)/compute(N mul 10 as M,concat(Outcome,'!') as X)", """{"Outcome":"injured","N":1,"M":10,"X":"injured!"} {"Outcome":"killed","N":4,"M":40,"X":"killed!"}""")]
    [InlineData("compute(year(StartDate) as Year)/groupby((Year),aggregate($count as N))", """{"Year":null,"N":3} {"Year":2022,"N":3}""")]
    [InlineData("groupby((PartyId,Outcome))/groupby((Outcome),aggregate($count as Parties))/filter(Parties ge 3)", """{"Outcome":"killed","Parties":3}""")]
    [InlineData("orderby(Low desc)/top(2)/aggregate(Low with sum as S)", """{"S":405}""")]
    [InlineData("identity/groupby((Outcome))/top(1)", """{"Outcome":"displaced"}""")]
    public async Task Steps_follow_each_other(string apply, string rows) => Assert.Equal(rows, await Rows("$apply=" + Uri.EscapeDataString(apply)));

    [Fact]
    public async Task A_total_keeps_bounds_points_and_words_apart_and_leaves_out_what_is_not_additive()
    {
        var reply = await server.Get("Casualties?$apply=" + Uri.EscapeDataString("filter(Outcome eq 'killed')/aggregate(Count with Conflict.total as T)"));

        Assert.Equal(
            $$$"""{"@odata.context":"{{{Server.Root}}}/$metadata#Casualties(T)","value":[{"@odata.id":null,"T":{"@odata.type":"#ConflictData.Total","Low":405,"Best":null,"High":null,"About":null,"Unnumbered":1,"Label":"405+, 1 without a number"}}]}""",
            reply.Body);
    }

    [Fact]
    public async Task A_total_has_members_to_filter_and_order_by()
    {
        const string Apply = "groupby((Outcome),aggregate(Count with Conflict.total as T))";

        Assert.Equal("injured", await Words($"$apply={Apply}&$filter=T/Low lt 10&$select=Outcome"));
        Assert.Equal("killed injured displaced", await Words($"$apply={Apply}/orderby(T/Low desc)&$select=Outcome"));
        Assert.Equal("10", await Words($"$apply={Apply}/filter(T/Label eq '≈50')/compute(T/About div 5 as P)&$select=P"));
    }

    [Theory]
    [InlineData("aggregate(Count with Conflict.total as T)", "Casualties")]
    [InlineData("filter(Outcome eq 'killed' or Outcome eq 'injured')/aggregate(Count with Conflict.total as T)", "Casualties")]
    [InlineData("filter(not (Outcome eq 'killed'))/aggregate(Count with Conflict.total as T)", "Casualties")]
    [InlineData("filter(Outcome in ('killed','injured'))/aggregate(Count with Conflict.total as T)", "Casualties")]
    [InlineData("groupby((PartyId),aggregate(Count with Conflict.total as T))", "Casualties")]
    [InlineData("groupby((Outcome))/aggregate(Count with Conflict.total as T)", "Casualties")]
    [InlineData("groupby((Outcome),aggregate(Low with Conflict.total as T))", "Casualties")]
    [InlineData("aggregate(Count with Conflict.total as T)", "Figures")]
    [InlineData("aggregate(Count with Conflict.total as T)", "Places")]
    [InlineData("groupby((Outcome),aggregate(Count with Conflict.total as T))/groupby((T))", "Casualties")]
    [InlineData("nonsense(Low)", "Casualties")]
    [InlineData("groupby((Nope))", "Casualties")]
    [InlineData("groupby(Outcome)", "Casualties")]
    [InlineData("groupby((Outcome)", "Casualties")]
    [InlineData("aggregate(Low)", "Casualties")]
    [InlineData("aggregate(Low with sum)", "Casualties")]
    [InlineData("aggregate(Low as S)", "Casualties")]
    [InlineData("aggregate(Low with product as P)", "Casualties")]
    [InlineData("aggregate(Outcome with sum as S)", "Casualties")]
    [InlineData("aggregate(Low with sum as S,High with sum as S)", "Casualties")]
    [InlineData("aggregate(Low with sum as S\"; DROP TABLE Casualties; --)", "Casualties")]
    [InlineData("groupby((Outcome),aggregate(Low with sum as outcome))", "Casualties")]
    [InlineData("aggregate(Low with sum as S)/filter(Low gt 1)", "Casualties")]
    [InlineData("compute(Low as High)", "Casualties")]
    [InlineData("compute(null as X)", "Casualties")]
    [InlineData("top(x)", "Casualties")]
    [InlineData("filter(", "Casualties")]
    [InlineData("filter(Low eq 'x)", "Casualties")]
    [InlineData("identity//identity", "Casualties")]
    [InlineData("identity/identity/identity/identity/identity/identity/identity/identity/identity/identity/identity/identity/identity/identity/identity/identity/identity/identity/identity/identity/identity", "Casualties")]
    [InlineData("groupby((Id))", "Casualties")]
    [InlineData("filter(false)/aggregate(9223372036854775807 with sum as S)/identity/compute(1 as)", "Casualties")]
    [InlineData("aggregate(9223372036854775807 with sum as S)", "Casualties")]
    public async Task What_makes_no_sense_is_refused(string apply, string set)
    {
        var reply = await server.Get($"{set}?$apply={Uri.EscapeDataString(apply)}");

        Assert.Equal((400, "badQuery", "$apply"), (reply.Status, reply.ErrorCode, (string?)reply.Json["error"]!["target"]));
    }

    [Theory]
    [InlineData("topcount(2,Low)")]
    [InlineData("groupby((rollup(Outcome,PartyId)))")]
    [InlineData("groupby((Outcome),topcount(1,Low))")]
    [InlineData("aggregate(Low with sum from Outcome with average as A)")]
    public async Task What_the_standard_has_and_this_service_lacks_is_named(string apply)
    {
        var reply = await server.Get($"Casualties?$apply={Uri.EscapeDataString(apply)}");

        Assert.Equal((501, "notSupported", "$apply"), (reply.Status, reply.ErrorCode, (string?)reply.Json["error"]!["target"]));
    }

    [Fact]
    public async Task The_model_names_the_steps_that_there_are()
    {
        var supported = (await server.Get("$metadata?$format=json")).Json["ConflictData"]!["Container"]!["@Aggregation.ApplySupportedDefaults"]!;

        foreach (var step in supported["Transformations"]!.AsArray().Select(name => (string)name!))
        {
            var arguments = step switch
            {
                "aggregate" => "($count as N)",
                "compute" => "(Low add 1 as More)",
                "concat" => "(identity,identity)",
                "filter" => "(Low gt 1)",
                "groupby" => "((Outcome))",
                "orderby" => "(Low)",
                "search" => "(word)",
                "identity" => "",
                _ => "(1)",
            };
            Assert.Equal(200, (await server.Apply(step + arguments)).Status);
        }
        Assert.Equal(10, supported["Transformations"]!.AsArray().Count);
    }

    [Fact]
    public async Task Control_information_says_what_json_alone_does_not()
    {
        var reply = await server.Get("Casualties?$count=true&$orderby=Last desc&$top=1&$apply=" + Uri.EscapeDataString("groupby((Outcome),aggregate($count as N,Low with average as A,StartDate with max as Last))"));

        Assert.Equal(
            $$"""{"@odata.context":"{{Server.Root}}/$metadata#Casualties(Outcome,N,A,Last)","@odata.count":3,"value":[{"@odata.id":null,"Outcome":"killed","N@odata.type":"Int64","N":4,"A":142.66666666666666,"Last@odata.type":"Date","Last":"2022-02-01"}]}""",
            reply.Body);
    }

    [Theory]
    [InlineData("csv", "Outcome,T/Low,T/Best,T/High,T/About,T/Unnumbered,T/Label,N\r\ndisplaced,,,,50,0,≈50,1\r\ninjured,8,,9,,0,8–9,1\r\nkilled,405,,,,1,\"405+, 1 without a number\",4\r\n")]
    [InlineData("ndjson", """
        {"Outcome":"displaced","T":{"Low":null,"Best":null,"High":null,"About":50,"Unnumbered":0,"Label":"≈50"},"N":1}
        {"Outcome":"injured","T":{"Low":8,"Best":null,"High":9,"About":null,"Unnumbered":0,"Label":"8–9"},"N":1}
        {"Outcome":"killed","T":{"Low":405,"Best":null,"High":null,"About":null,"Unnumbered":1,"Label":"405+, 1 without a number"},"N":4}

        """)]
    public async Task Rows_come_in_every_format(string format, string expected)
    {
        var reply = await server.Get($"Casualties?$format={format}&$apply={Uri.EscapeDataString("groupby((Outcome),aggregate(Count with Conflict.total as T,$count as N))")}");

        Assert.Equal(expected, reply.Body);
    }

    [Fact]
    public async Task Records_that_are_only_filtered_stay_records()
    {
        var reply = await server.Get("Casualties?$apply=" + Uri.EscapeDataString("filter(Low gt 30)/compute(Low add 1 as More)") + "&$select=Id,More&$orderby=More desc");

        Assert.Equal(
            $$"""{"@odata.context":"{{Server.Root}}/$metadata#Casualties(Id,More)","value":[{"Id":"a","More@odata.type":"Int64","More":375},{"Id":"d","More@odata.type":"Int64","More":32}]}""",
            reply.Body);
    }

    [Fact]
    public async Task Pages_follow_each_other_in_the_order_of_the_groups_and_stay_at_their_release()
    {
        const string Query = "Casualties?$count=true&$apply=filter(Id%20ne%20'b')/groupby((Id,Outcome),aggregate(Low%20with%20sum%20as%20S))";
        var first = await server.Get(Query, headers: ("Prefer", "maxpagesize=2"));
        server.Commit(Casualty("aa", ("Outcome", "killed")));
        var second = await server.Get(first.NextLink!, headers: ("Prefer", "maxpagesize=2"));
        var third = await server.Get(second.NextLink!, headers: ("Prefer", "maxpagesize=2"));

        Assert.Equal("a c d e f", string.Join(' ', first.Ids.Concat(second.Ids).Concat(third.Ids)));
        Assert.Equal((5, 5, null), ((int?)first.Json["@odata.count"], (int?)third.Json["@odata.count"], third.NextLink));
    }

    [Fact]
    public async Task A_known_answer_is_304_and_another_release_is_another_answer()
    {
        const string Query = "Casualties?$apply=groupby((Outcome),aggregate($count%20as%20N))";
        var tag = (await server.Get(Query)).Header("ETag")!;

        Assert.Equal(304, (await server.Get(Query, headers: ("If-None-Match", tag))).Status);
        server.Commit(Casualty("g"));
        Assert.Equal(200, (await server.Get(Query, headers: ("If-None-Match", tag))).Status);
    }

    public ValueTask InitializeAsync()
    {
        Revision[] rows =
        [
            Casualty("a", ("Outcome", "killed"), ("PartyId", "is"), ("Low", 374L), ("Best", 374L), ("High", 374L), ("Additive", true), ("StartDate", new DateOnly(2022, 1, 20))),
            Casualty("b", ("Outcome", "killed"), ("PartyId", "sdf"), ("Low", 23L), ("Additive", false), ("StartDate", new DateOnly(2022, 2, 1))),
            Casualty("c", ("Outcome", "killed"), ("PartyId", "sdf"), ("Additive", true)),
            Casualty("d", ("Outcome", "killed"), ("Low", 31L), ("Additive", true), ("StartDate", new DateOnly(2022, 1, 1))),
            Casualty("e", ("Outcome", "injured"), ("Low", 8L), ("High", 9L), ("Additive", true)),
            Casualty("f", ("Outcome", "displaced"), ("PartyId", "sdf"), ("Best", 50L), ("Additive", true)),
        ];
        server.Commit(rows);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    /// <summary>The rows without control information.</summary>
    private async Task<string> Rows(string query)
    {
        var reply = await server.Get("Casualties?" + query, headers: ("Accept", "application/json;odata.metadata=none"));
        Assert.True(reply.Status == 200, reply.Body);
        return string.Join(' ', reply.Json["value"]!.AsArray().Select(row => row!.ToJsonString()));
    }

    private async Task<string> Words(string query)
    {
        var reply = await server.Get("Casualties?" + string.Join('&', query.Split('&').Select(option => option[..option.IndexOf('=')] + "=" + Uri.EscapeDataString(option[(option.IndexOf('=') + 1)..]))));
        Assert.True(reply.Status == 200, reply.Body);
        return string.Join(' ', reply.Json["value"]!.AsArray().Select(row => row!.AsObject().Last().Value!.ToString()));
    }
}
