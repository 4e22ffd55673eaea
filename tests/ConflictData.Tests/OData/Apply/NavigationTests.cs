namespace ConflictData.Tests.OData.Apply;

/// <summary>Steps that lead from records to those that they refer to.</summary>
public sealed class NavigationTests : IAsyncLifetime
{
    private readonly Server server = new();

    [Theory]
    [InlineData("filter(Place/CountryCode eq 'SY')/aggregate($count as N)", """{"N":4}""")]
    [InlineData("filter(Place/CountryCode eq null)/groupby((Id))", """{"Id":"f"}""")]
    [InlineData("filter(Place/Parent/Name eq 'Syria')/filter(Place/Name eq 'Raqqa')/groupby((Id))", """{"Id":"b"} {"Id":"c"}""")]
    [InlineData("filter(Place/Children/any())/aggregate($count as N)", """{"N":0}""")]
    [InlineData("filter(Place/Casualties/$count eq 2)/groupby((Id))", """{"Id":"a"} {"Id":"b"} {"Id":"c"} {"Id":"e"}""")]
    [InlineData("filter(Parts/any(p:p/Low lt $it/Low))/groupby((Id))", """{"Id":"d"}""")]
    [InlineData("groupby((Place/Name),aggregate($count as N))", """{"Place":{"Name":null},"N":1} {"Place":{"Name":"Mosul"},"N":1} {"Place":{"Name":"Raqqa"},"N":2} {"Place":{"Name":"al-Hasaka"},"N":2}""")]
    [InlineData("groupby((place/countrycode,outcome))/filter(Place/CountryCode eq 'SY')", """{"Place":{"CountryCode":"SY"},"Outcome":"injured"} {"Place":{"CountryCode":"SY"},"Outcome":"killed"}""")]
    [InlineData("groupby((Place/CountryCode,Party/Name,Place/Name))/orderby(Place/Name desc)/top(1)", """{"Place":{"CountryCode":"SY","Name":"al-Hasaka"},"Party":{"Name":null}}""")]
    [InlineData("groupby((Place/Parent/Name,Place/Name))/groupby((Place/Parent/Name),aggregate($count as N))", """{"Place":{"Parent":{"Name":null}},"N":2} {"Place":{"Parent":{"Name":"Syria"}},"N":2}""")]
    [InlineData("aggregate(Place/Latitude with max as M,Place/Latitude with min as L,Place/Name with countdistinct as D)", """{"M":36.5,"L":34,"D":3}""")]
    [InlineData("aggregate(Place with countdistinct as D)", """{"D":3}""")]
    [InlineData("aggregate(Low add Place/Latitude with sum as S)", """{"S":520}""")]
    [InlineData("compute(Place/Name as P,concat(Place/CountryCode,'!') as C)/filter(P eq 'Mosul')/groupby((P,C))", """{"P":"Mosul","C":"IQ!"}""")]
    [InlineData("orderby(Place/Name desc,Id desc)/top(2)/groupby((Id))", """{"Id":"a"} {"Id":"e"}""")]
    [InlineData("filter(Whole/Low gt 30)/compute(Whole/Low sub Low as More)/groupby((Id,More))", """{"Id":"b","More":8}""")]
    [InlineData("filter(Outcome eq 'killed')/aggregate(Whole/Low with max as M,Count with Conflict.total as T)/compute(T/Low as L)/groupby((M,L))", """{"M":31,"L":405}""")]
    public async Task A_path_reads_the_record_that_is_referred_to(string apply, string rows) => Assert.Equal(rows, await server.Rows(apply));

    [Fact]
    public async Task Sums_and_averages_take_each_related_record_once_as_the_standard_has_it()
    {
        // Two casualties were counted in al-Hasaka; an expression, other than a path, is worth something for each of them.
        Assert.Equal("""{"S":70.5,"A":35.25}""", await server.Rows("aggregate(Place/Latitude with sum as S,Place/Latitude with average as A)"));
        Assert.Equal("""{"S":107}""", await server.Rows("aggregate(Place/Latitude mul 1 with sum as S)"));
        Assert.Equal("""{"S":31}""", await server.Rows("aggregate(Whole/Low with sum as S)"));
        Assert.Equal("""{"S":null,"A":null}""", await server.Rows("filter(Id eq 'f')/aggregate(Place/Latitude with sum as S,Place/Latitude with average as A)"));
    }

    [Fact]
    public async Task A_related_property_is_nested_in_rows_context_and_files()
    {
        const string Apply = "filter(PlaceId eq 'mosul')/groupby((Place/Name,Place/Latitude,Outcome),aggregate($count as N))";

        Assert.Equal(
            $$"""{"@odata.context":"{{Server.Root}}/$metadata#Casualties(Place(Name,Latitude),Outcome,N)","value":[{"@odata.id":null,"Place":{"Name":"Mosul","Latitude":34},"Outcome":"killed","N@odata.type":"Int64","N":1}]}""",
            (await server.Apply(Apply)).Body);
        Assert.Equal("Place/Name,Place/Latitude,Outcome,N\r\nMosul,34,killed,1\r\n", (await server.Apply(Apply, "&$format=csv")).Body);
        Assert.Equal("""{"Place":{"Name":"Mosul","Latitude":34},"Outcome":"killed","N":1}""" + "\n", (await server.Apply(Apply, "&$format=ndjson")).Body);
    }

    [Fact]
    public async Task Options_after_it_may_name_it_too()
    {
        const string Apply = "groupby((Place/CountryCode,Outcome),aggregate($count as N))";

        Assert.Equal("""{"Place":{"CountryCode":"SY"},"N":3}""", await server.Rows(Apply, "&$filter=Place/CountryCode eq 'SY'&$orderby=N desc&$top=1&$select=Place,N"));
        Assert.Equal("""{"Place":{"CountryCode":"SY"}}""", await server.Rows(Apply, "&$filter=N eq 3&$select=Place/CountryCode"));
        Assert.Equal("""{"Id":"d"}""", await server.Rows("filter(Low gt 0)", "&$filter=Place/CountryCode eq 'IQ'&$select=Id"));
    }

    [Fact]
    public async Task Related_records_are_read_at_the_release_of_the_read()
    {
        const string Apply = "groupby((Place/Name),aggregate($count as N))/filter(Place/Name eq 'Nineveh')";
        var (before, tag) = (server.Engine.History.Head!.Release, (await server.Apply(Apply)).Header("ETag")!);
        server.Commit(Values.Record("Places", "mosul", ("Name", "Nineveh")));

        var reply = await server.Apply(Apply, headers: ("If-None-Match", tag));
        Assert.Equal((200, "2"), (reply.Status, reply.Header("Conflict-Release")));
        Assert.Equal("Nineveh", (string?)Assert.Single(reply.Json["value"]!.AsArray())!["Place"]!["Name"]);
        Assert.Empty((await server.Get($"Casualties?$apply={Uri.EscapeDataString(Apply)}", release: $"{before}")).Json["value"]!.AsArray());
    }

    [Theory]
    [InlineData("filter(Place/Name ne 'x')/aggregate($count as N)")]
    [InlineData("filter(Place/Children/any(c:c/Name eq 'x'))")]
    [InlineData("groupby((Place/Name))")]
    [InlineData("aggregate(Place/Latitude with max as M)")]
    [InlineData("compute(Place/Name as P)")]
    [InlineData("orderby(Place/Name)")]
    [InlineData("concat(aggregate($count as N),groupby((Outcome),filter(Place/Name eq 'x')/aggregate($count as N)))")]
    public async Task A_tag_covers_what_was_joined(string apply)
    {
        var tag = (await server.Apply(apply)).Header("ETag")!;
        server.Commit(Values.Record("Sources", "s", ("Title", "t")));
        Assert.Equal(304, (await server.Apply(apply, headers: ("If-None-Match", tag))).Status);
        server.Commit(Values.Record("Places", "other", ("Name", "Other")));
        Assert.Equal(200, (await server.Apply(apply, headers: ("If-None-Match", tag))).Status);
    }

    [Theory]
    [InlineData("groupby((Place))", 501, "Casualties")]
    [InlineData("groupby((Casualties/Outcome))", 501, "Places")]
    [InlineData("groupby((Parent/Casualties/Outcome))", 501, "Places")]
    [InlineData("aggregate(Casualties/Low with sum as S)", 501, "Places")]
    [InlineData("aggregate(Casualties/$count as N)", 501, "Places")]
    [InlineData("aggregate(Place with max as M)", 400, "Casualties")]
    [InlineData("groupby((Place/Nope))", 400, "Casualties")]
    [InlineData("groupby((Nope/Name))", 400, "Casualties")]
    [InlineData("groupby((Low add 1))", 400, "Casualties")]
    [InlineData("groupby((Outcome))/filter(Place/Name eq 'x')", 400, "Casualties")]
    [InlineData("groupby((Outcome))/groupby((Place/Name))", 400, "Casualties")]
    [InlineData("groupby((Place/Name))/groupby((Place))", 400, "Casualties")]
    [InlineData("groupby((Place/Name))/groupby((Place/CountryCode))", 400, "Casualties")]
    [InlineData("groupby((Place/Parent/Parent/Parent/Parent/Parent/Name))", 400, "Casualties")]
    [InlineData("compute(1 as Place)", 400, "Casualties")]
    [InlineData("groupby((Outcome),aggregate($count as Place))", 400, "Casualties")]
    public Task What_leads_nowhere_or_to_many_is_refused(string apply, int status, string set) => server.Refused(apply, status, set: set);

    public ValueTask InitializeAsync()
    {
        server.Commit(Sample.Casualties.Concat(Sample.Related));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
