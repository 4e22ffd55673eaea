namespace ConflictData.Tests.OData.Apply;

/// <summary>$apply on what paths lead to, not on the whole set.</summary>
public sealed class ApplyPathTests : IAsyncLifetime
{
    private readonly Server server = new();

    [Theory]
    [InlineData("Places('raqqa')/Casualties?$apply=aggregate($count as N)", """{"N":2}""")]
    [InlineData("Casualties('c')/Place/Casualties?$apply=groupby((Id))", """{"Id":"b"} {"Id":"c"}""")]
    [InlineData("Places('syria')/Casualties?$apply=aggregate($count as N)", """{"N":0}""")]
    [InlineData("Places('hasaka')/Casualties?$apply=filter(Place/Name eq 'al-Hasaka' and Outcome eq @p)/aggregate($count as N)&@p='killed'", """{"N":1}""")]
    [InlineData("Casualties/$filter(Low gt 30)?$apply=aggregate($count as N)", """{"N":2}""")]
    [InlineData("Casualties/$filter(Low gt 30)/$filter(Low lt 100)?$apply=aggregate($count as N)", """{"N":1}""")]
    [InlineData("Casualties/$filter(Low gt 30)?$apply=aggregate($count as N)&$filter=N gt 5", "")]
    [InlineData("Casualties/$filter(Outcome eq 'injured')?$apply=aggregate(Count with Conflict.total as T)&$compute=T/High as H&$select=H", """{"H":9}""")]
    public async Task Steps_begin_with_what_the_path_leads_to(string address, string rows)
    {
        var reply = await server.Get(Escaped(address), headers: ("Accept", "application/json;odata.metadata=none"));

        Assert.True(reply.Status == 200, reply.Body);
        Assert.Equal(rows, string.Join(' ', reply.Json["value"]!.AsArray().Select(row => row!.ToJsonString())));
    }

    [Theory]
    [InlineData("Casualties/$count?$apply=groupby((Outcome))", "3")]
    [InlineData("Casualties/$count?$apply=groupby((Outcome),aggregate($count as N))&$filter=N gt 1", "1")]
    [InlineData("Casualties/$count?$apply=aggregate($count as N)&$top=0", "1")]
    [InlineData("Places('raqqa')/Casualties/$count?$apply=groupby((PartyId))", "1")]
    [InlineData("Casualties/$filter(Low gt 30)/$count?$apply=identity", "2")]
    public async Task The_number_of_rows_can_be_asked_for_alone(string address, string number)
    {
        var reply = await server.Get(Escaped(address));

        Assert.Equal((200, number), (reply.Status, reply.Body));
    }

    [Fact]
    public async Task Pages_lead_on_within_the_path()
    {
        var first = await server.Get(Escaped("Places('raqqa')/Casualties?$apply=groupby((Id))"), headers: ("Prefer", "maxpagesize=1"));
        var second = await server.Get(first.NextLink!, headers: ("Prefer", "maxpagesize=1"));

        Assert.Equal("b c", string.Join(' ', first.Ids.Concat(second.Ids)));
        Assert.Null(second.NextLink);
        var filtered = await server.Get(Escaped("Casualties/$filter(Low gt 30)?$apply=groupby((Id))"), headers: ("Prefer", "maxpagesize=1"));
        Assert.Equal(["d"], (await server.Get(filtered.NextLink!, headers: ("Prefer", "maxpagesize=1"))).Ids);
    }

    [Theory]
    [InlineData("Casualties('a')?$apply=identity", 400)]
    [InlineData("Casualties('a')/Place?$apply=identity", 400)]
    [InlineData("Casualties/$ref?$apply=identity", 400)]
    [InlineData("Casualties/$count?$apply=topcount(1,Low)", 501)]
    public async Task One_record_has_no_steps(string address, int status) => Assert.Equal(status, (await server.Get(Escaped(address))).Status);

    /// <summary>Of a query the values alone.</summary>
    private static string Escaped(string address) => address.Split('?', 2) is [var path, var query]
        ? $"{path}?{string.Join('&', query.Split('&').Select(option => option.Split('=', 2)).Select(option => $"{option[0]}={Uri.EscapeDataString(option[1])}"))}"
        : address;

    public ValueTask InitializeAsync()
    {
        server.Commit(Sample.Casualties.Concat(Sample.Related));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
