namespace ConflictData.Tests.OData.Apply;

/// <summary>search as a step, and $search after the steps.</summary>
public sealed class SearchStepTests : IAsyncLifetime
{
    private readonly Server server = new();

    [Theory]
    [InlineData("search(prison)/groupby((Id))", """{"Id":"a"} {"Id":"b"}""")]
    [InlineData("search(PRISON NOT day)/groupby((Id))", """{"Id":"b"}""")]
    [InlineData("search(bus OR \"first day\")/groupby((Id))", """{"Id":"a"} {"Id":"e"}""")]
    [InlineData("search(\"first day)/(,\")/groupby((Id))", "")]
    [InlineData("search(\"it's\")/groupby((Id))", "")]
    [InlineData("search(\"a \\\" b)\")/groupby((Id))", "")]
    [InlineData("search(killed)/groupby((Id))", "")]
    [InlineData("compute('bus' as Kind)/search(bus)/groupby((Id))", """{"Id":"e"}""")]
    [InlineData("filter(Place/CountryCode eq 'SY')/search(prison)/filter(Low gt 100)/groupby((Id))", """{"Id":"a"}""")]
    [InlineData("concat(search(prison),search(bus))/search(day)/groupby((Id))", """{"Id":"a"}""")]
    public async Task Records_are_searched_as_by_the_option(string apply, string rows) => Assert.Equal(rows, await server.Rows(apply));

    [Theory]
    [InlineData("groupby((Outcome),aggregate($count as N))/search(kill)", """{"Outcome":"killed","N":4}""")]
    [InlineData("groupby((Place/Name,Outcome))/search(hasaka killed)", """{"Place":{"Name":"al-Hasaka"},"Outcome":"killed"}""")]
    [InlineData("groupby((Outcome),aggregate(Count with Conflict.total as T))/search(number)/groupby((Outcome))", "")]
    [InlineData("groupby((Outcome),aggregate($count as N))/search(NOT killed)/groupby((Outcome))", """{"Outcome":"displaced"} {"Outcome":"injured"}""")]
    [InlineData("aggregate($count as N)/search(\"6\")", "")]
    [InlineData("concat(groupby((Outcome)),groupby((PartyId)))/search(sdf OR injured)", """{"Outcome":"injured"} {"PartyId":"sdf"}""")]
    public async Task Other_rows_are_searched_in_every_text_that_they_have(string apply, string rows) => Assert.Equal(rows, await server.Rows(apply));

    [Fact]
    public async Task The_option_beside_it_searches_what_it_makes()
    {
        Assert.Equal("""{"Outcome":"killed","N":4}""", await server.Rows("groupby((Outcome),aggregate($count as N))", "&$search=killed&$filter=N gt 1"));
        Assert.Equal("""{"Id":"b"}""", await server.Rows("filter(Low lt 100)", "&$search=prison&$select=Id"));
        Assert.Equal("2", (await server.Get("Casualties/$count?$apply=identity&$search=prison")).Body);
    }

    [Theory]
    [InlineData("search(AND)", "", "$apply")]
    [InlineData("search(\"a)", "", "$apply")]
    [InlineData("search()", "", "$apply")]
    [InlineData("search(a)b)", "", "$apply")]
    [InlineData("identity", "&$search=a OR", "$search")]
    public Task A_malformed_search_is_refused(string apply, string options, string target) => server.Refused(apply, 400, options, target: target);

    public ValueTask InitializeAsync()
    {
        server.Commit(Sample.Casualties.Concat(Sample.Related));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
