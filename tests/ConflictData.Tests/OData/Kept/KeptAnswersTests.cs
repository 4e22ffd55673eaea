using ConflictData.OData;
using static ConflictData.Tests.OData.Kept.KeptReading;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Kept;

/// <summary>Small answers that are given again. Where the engine is stopped, what is still answered was kept.</summary>
public sealed class KeptAnswersTests
{
    [Theory]
    [InlineData("Casualties?$filter=Low gt 3&$count=true&$top=5")]
    [InlineData("Casualties?$filter=contains(Id,'c0')&$orderby=Low desc&$top=5&$format=application/json;odata.metadata=full")]
    [InlineData("Casualties('c03')")]
    [InlineData("Casualties('c03')/Low")]
    [InlineData("Casualties('c03')/Low/$value")]
    [InlineData("Casualties/$count?$filter=Low gt 3")]
    [InlineData("Casualties?$top=3&$expand=Place")]
    [InlineData("Casualties?$apply=groupby((PlaceId),aggregate($count as N))")]
    [InlineData("Places('p')/Casualties?$top=2&$select=Id")]
    public async Task A_small_answer_is_given_again_without_the_engine(string address)
    {
        await using var server = Filled(new() { PageSize = 7 });
        var computed = await server.Get(address);
        await server.StopEngine();
        var kept = await server.Get(address);

        Assert.Equal(200, computed.Status);
        Assert.Equal((computed.Body, computed.Header("ETag"), computed.Header("Content-Type")), (kept.Body, kept.Header("ETag"), kept.Header("Content-Type")));
        Assert.Equal(computed.Response.Headers.Select(header => header.Key).Order(), kept.Response.Headers.Select(header => header.Key).Order());
    }

    [Fact]
    public async Task The_headers_of_an_answer_are_kept_with_it()
    {
        await using var server = Filled(new() { PageSize = 7 });
        (string, string)[] inPages = [("Prefer", "maxpagesize=5"), ("Accept", "text/csv")];
        var computed = await server.Get("Casualties?$count=true", headers: inPages);
        await server.StopEngine();
        var kept = await server.Get("Casualties?$count=true", headers: inPages);

        Assert.NotNull(computed.Header("Link"));
        Assert.Equal(
            (computed.Body, computed.Header("Link"), computed.Header("Conflict-Count"), computed.Header("Content-Disposition")),
            (kept.Body, kept.Header("Link"), kept.Header("Conflict-Count"), kept.Header("Content-Disposition")));
    }

    [Fact]
    public async Task What_a_release_changes_is_read_anew_and_the_release_before_as_it_was()
    {
        await using var server = Filled(new() { PageSize = 7 });
        var before = await server.Get("Casualties('c03')?$select=Low");
        server.Commit(Casualty("c03", ("Low", 77L)));
        var after = await server.Get("Casualties('c03')?$select=Low");
        await server.StopEngine();

        Assert.Equal((4, 77), ((int)before.Json["Low"]!, (int)after.Json["Low"]!));
        Assert.Equal(77, (int)(await server.Get("Casualties('c03')?$select=Low")).Json["Low"]!);
    }

    [Fact]
    public async Task A_link_leads_on_in_the_release_that_was_read_and_for_its_own_reader()
    {
        await using var server = Filled(new() { PageSize = 7 });
        var first = await server.Get("Casualties?$filter=Low gt 0", keyId: "k1");
        server.Commit(Record("Places", "q"));
        var second = await server.Get("Casualties?$filter=Low gt 0", keyId: "k1");
        var third = await server.Get("Casualties?$filter=Low gt 0", keyId: "k2");

        var next = await Task.WhenAll(new[] { first, second, third }.Select(page => server.Get(page.NextLink![(Server.Root.Length + 1)..])));
        Assert.Equal(["1", "2", "2"], next.Select(page => page.Header("Conflict-Release")));
        Assert.Equal(new("k2", "owner-k2"), server.Tokens.Authorisation(new Uri(third.NextLink!).Query));
    }

    [Theory]
    [InlineData(0, "Casualties?$top=1")]
    [InlineData(256, "Casualties?$filter=Low gt 0")]
    public async Task Nothing_is_kept_where_nothing_may_be_and_of_answers_with_many_rows(int megabytes, string address)
    {
        await using var server = new Server(new() { PageSize = 1000, KeptPagesMegabytes = megabytes });
        server.Commit([Record("Places", "p"), .. Enumerable.Range(1, KeptAnswers.MostRows + 1).Select(n => Casualty($"c{n:D4}", ("Low", (long)n)))]);
        Assert.Equal(200, (await server.Get(address)).Status);
        await server.StopEngine();

        await Assert.ThrowsAnyAsync<Exception>(() => server.Get(address));
    }

    [Fact]
    public async Task An_answer_of_few_and_very_long_rows_is_sent_and_not_kept()
    {
        await using var server = new Server(new() { PageSize = 1000 });
        var note = new string('n', 3000);
        server.Commit([Record("Places", "p"), .. Enumerable.Range(1, 100).Select(n => Casualty($"c{n:D4}", ("Low", (long)n), ("Note", note)))]);
        var sent = await server.Get("Casualties?$filter=Low gt 0");
        await server.StopEngine();

        Assert.Equal(100, sent.Ids.Count);
        await Assert.ThrowsAnyAsync<Exception>(() => server.Get("Casualties?$filter=Low gt 0"));
    }
}
