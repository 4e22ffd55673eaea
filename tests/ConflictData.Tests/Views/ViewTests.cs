using ConflictData.Datasets;
using ConflictData.Releases;
using ConflictData.Tests.OData;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.Views;

public sealed class ViewTests : IAsyncLifetime
{
    private readonly Server server = new();

    [Fact]
    public async Task A_view_is_read_at_any_release()
    {
        Assert.Equal("Old", await Place("1"));
        Assert.Equal("New", await Place("2"));
        Assert.Equal("New", await Place(null));
    }

    [Fact]
    public async Task What_a_view_is_computed_from_decides_its_tag_and_nothing_else()
    {
        var (wide, totals) = ((await server.Get("CasualtiesWide")).Header("ETag")!, (await server.Get("MonthlyTotals")).Header("ETag")!);
        server.Commit(Record("Figures", "f"));

        Assert.Equal(304, (await server.Get("CasualtiesWide", headers: ("If-None-Match", wide))).Status);
        Assert.Equal(304, (await server.Get("MonthlyTotals", headers: ("If-None-Match", totals))).Status);

        server.Commit(Record("Sources", "s"));
        Assert.Equal(200, (await server.Get("CasualtiesWide", headers: ("If-None-Match", wide))).Status);
    }

    [Fact]
    public async Task A_retracted_record_leaves_the_view()
    {
        server.Commit(Retraction(Casualty("a", ("PlaceId", "p"))));

        Assert.Equal(404, (await server.Get("CasualtiesWide('a')")).Status);
        Assert.Equal(200, (await server.Get("CasualtiesWide('a')", "2")).Status);
        Assert.Equal(["b"], (await server.Get("CasualtiesWide")).Ids);
    }

    [Fact]
    public async Task Releases_tells_how_many_records_each_has()
    {
        server.Commit(Retraction(Casualty("a")), Record("Actors", "x"));
        var rows = (await server.Get("Releases?$select=Number,Tag,Casualties,Places,Actors", headers: ("Accept", "application/json;odata.metadata=none"))).Json["value"]!.ToJsonString();

        Assert.Equal("""[{"Number":1,"Tag":null,"Casualties":1,"Places":1,"Actors":0},{"Number":2,"Tag":null,"Casualties":2,"Places":1,"Actors":0},{"Number":3,"Tag":null,"Casualties":1,"Places":1,"Actors":1}]""", rows);
        Assert.Equal(["1", "2"], (await server.Get("Releases", "2")).Ids);
        Assert.Equal(2, (int?)(await server.Get("Releases('2')")).Json["Number"]);
        Assert.Equal(404, (await server.Get("Releases('3')", "2")).Status);
    }

    [Theory]
    [InlineData("CasualtiesWide/$count", "2")]
    [InlineData("CasualtiesWide('b')/Place/$value", "New")]
    [InlineData("MonthlyTotals/$count", "1")]
    [InlineData("MonthlyTotals('casualties:-:-:-:-:killed:-')/Label/$value", "2 without a number")]
    public async Task A_view_has_the_addresses_of_a_dataset(string address, string value)
    {
        server.Commit(Casualty("a", ("PlaceId", "p"), ("Additive", true)), Casualty("b", ("PlaceId", "p"), ("Additive", true)));

        Assert.Equal(value, (await server.Get(address)).Body);
    }

    [Fact]
    public async Task Pages_of_an_ordered_and_of_a_filtered_view_hold_each_row_once()
    {
        server.Commit(Enumerable.Range(0, 40).Select(n => Casualty($"c{n:00}", ("PlaceId", "p"), ("Low", (long)(n % 7)))));

        Assert.Equal(42, (await Pages("CasualtiesWide")).Distinct().Count());
        Assert.Equal(42, (await Pages("CasualtiesWide?$orderby=Low desc,Place")).Distinct().Count());
        Assert.Equal(42, (await Pages("CasualtiesWide?$filter=Place eq 'New'")).Distinct().Count());
    }

    [Fact]
    public void The_order_of_zone_kinds_is_that_of_the_schema()
    {
        using var stream = typeof(Catalog).Assembly.GetManifestResourceStream("Views/zones_of")!;
        using var reader = new StreamReader(stream);
        Assert.Contains($"['{string.Join("', '", Catalog.Get("Zones")["Kind"].Allowed)}']", reader.ReadToEnd());
    }

    [Fact]
    public async Task Every_view_gives_the_columns_of_its_schema()
    {
        foreach (var view in Catalog.Views)
        {
            var reply = await server.Get(view.Name);
            Assert.True(reply.Status == 200, reply.Body);
        }
    }

    public ValueTask InitializeAsync()
    {
        server.Commit(Record("Places", "p", ("Name", "Old")), Casualty("a", ("PlaceId", "p")));
        server.Commit(Record("Places", "p", ("Name", "New")), Casualty("b", ("PlaceId", "p")));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task<string?> Place(string? release) => (string?)(await server.Get("CasualtiesWide('a')", release)).Json["Place"];

    private async Task<List<string>> Pages(string address)
    {
        var ids = new List<string>();
        for (var next = address; next is not null;)
        {
            var page = await server.Get(next, headers: ("Prefer", "maxpagesize=7"));
            ids.AddRange(page.Ids);
            next = page.NextLink;
        }
        return ids;
    }
}
