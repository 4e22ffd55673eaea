using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Headers;

/// <summary>Whether a client has an answer already is told without a query, whatever it asks for.</summary>
public sealed class NotModifiedTests : IAsyncLifetime
{
    private static readonly string[] Addresses =
    [
        "",
        "$metadata",
        "$metadata?$format=json",
        "Casualties",
        "Casualties?$count=true&$select=Id",
        "Casualties?$filter=Low gt 1",
        "Casualties?$orderby=Low desc&$top=3",
        "Casualties?$search=hospital&$skip=1",
        "Casualties?$expand=Place($select=Name)",
        "Casualties?$compute=Low add 1 as More&$select=More",
        "Casualties?$apply=groupby((PlaceId),aggregate($count as N))",
        "Casualties?$format=csv",
        "Casualties?$format=ndjson",
        "Casualties/$count",
        "Casualties/$count?$filter=Low gt 1",
        "Casualties/$filter(Low gt 1)",
        "Casualties/$ref",
        "Casualties('a')",
        "Casualties('A')?$format=csv",
        "Casualties('a')/$ref",
        "Casualties('a')/Low",
        "Casualties('a')/Low/$value",
        "Casualties('a')/High",
        "Casualties('a')/Place",
        "Casualties('a')/Place/Name",
        "Casualties('a')/Place/Name/$value",
        "Casualties('a')/Whole",
        "Places('p')/Casualties",
        "Places('p')/Casualties/$count",
        "Places('p')/Casualties('a')",
        "CasualtiesWide",
        "CasualtiesWide('a')",
        "MonthlyTotals",
        "MonthlyTotals/$count",
        "Releases",
        "Releases('1')",
        "TotalsByTag",
    ];

    private readonly Server server = new(new() { PageSize = 2 });

    [Fact]
    public async Task An_answer_that_the_client_has_costs_no_query_whatever_it_is()
    {
        var (first, old) = (await Tags(), await Tags(release: "1"));
        server.Commit(Record("Figures", "f"));
        var now = await Tags();
        await server.StopEngine();

        // What a release did not touch is the same in it.
        Assert.Equal(["Releases", "Releases('1')"], Addresses.Where(address => first[address] != now[address]));
        foreach (var address in Addresses)
        {
            await Is304(address, now[address]);
            await Is304(address, old[address], release: "1");
        }
    }

    [Fact]
    public async Task A_page_in_the_middle_of_a_read_costs_none_either()
    {
        var second = (await server.Get("Casualties?$orderby=Low")).NextLink!;
        var tag = (await server.Get(second)).Header("ETag")!;
        await server.StopEngine();

        await Is304(second, tag);
    }

    [Fact]
    public async Task Changes_that_the_client_has_cost_none_either()
    {
        var first = await server.Get("Casualties", headers: ("Prefer", "track-changes"));
        var link = (await server.Get(first.NextLink!)).DeltaLink!;
        server.Commit(Casualty("e"));
        var (rows, count) = (await server.Get(link), await server.Get(CountOf(link)));
        await server.StopEngine();

        Assert.Equal(("e", "1"), (Assert.Single(rows.Ids), count.Body));
        await Is304(link, rows.Header("ETag")!);
        await Is304(CountOf(link), count.Header("ETag")!);

        static string CountOf(string link) => link.Replace("Casualties?", "Casualties/$count?", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_of_what_the_client_has_costs_none_either()
    {
        var tag = (await server.Batch("application/json", Request("x"))).Json["responses"]![0]!["headers"]!["etag"]!.GetValue<string>();
        await server.StopEngine();
        var again = await server.Batch("application/json", Request(tag.Replace("\"", "\\\"", StringComparison.Ordinal)));

        Assert.Equal(304, (int)again.Json["responses"]![0]!["status"]!);

        static string Request(string tag) => $$$"""{"requests":[{"id":"1","method":"get","url":"Casualties","headers":{"If-None-Match":"{{{tag}}}"}}]}""";
    }

    [Theory]
    [InlineData("Casualties('nobody')")]
    [InlineData("Casualties('nobody')/Low")]
    [InlineData("Casualties('nobody')/Place")]
    [InlineData("Places('nobody')/Casualties")]
    [InlineData("Nowhere")]
    public async Task What_is_not_there_has_no_tag_and_is_never_known(string address)
    {
        var missing = await server.Get(address);
        var any = await server.Get(address, headers: ("If-None-Match", "*"));

        Assert.Equal((404, null, null), (missing.Status, missing.Header("ETag"), missing.Header("Last-Modified")));
        Assert.Equal(404, any.Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Casualties")]
    [InlineData("Casualties('a')")]
    [InlineData("Casualties?$format=csv")]
    public async Task A_client_that_wants_nothing_that_is_there_gets_304(string address)
    {
        var any = await server.Get(address, headers: [("If-None-Match", "*"), ("Accept-Encoding", "gzip")]);

        Assert.Equal((304, "", null), (any.Status, any.Body, any.Header("Content-Encoding")));
    }

    public ValueTask InitializeAsync()
    {
        server.Commit(
            Record("Places", "p", ("Name", "al-Ḥasaka")),
            Casualty("a", ("Low", 1L), ("PlaceId", "p"), ("Note", "near the hospital")), Casualty("b", ("Low", 2L), ("PlaceId", "p")), Casualty("c", ("Low", 3L)), Casualty("d"));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task<Dictionary<string, string>> Tags(string? release = null)
    {
        var tags = new Dictionary<string, string>();
        foreach (var address in Addresses)
        {
            var reply = await server.Get(address, release);
            Assert.True(reply.Status is 200 or 204, $"{address}: {reply.Status} {reply.Body}");
            tags.Add(address, reply.Header("ETag")!);
        }
        return tags;
    }

    private async Task Is304(string address, string tag, string? release = null)
    {
        foreach (var method in new[] { "GET", "HEAD" })
        {
            var known = await server.Get(address, release, method: method, headers: [("If-None-Match", tag), ("Accept-Encoding", "gzip")]);
            Assert.Equal((address, 304, "", tag), (address, known.Status, known.Body, known.Header("ETag")));
        }
    }
}
