using ConflictData.Datasets;
using ConflictData.OData;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Search;

public sealed class SearchTests : IAsyncLifetime
{
    private readonly Server server = new();

    [Theory]
    [InlineData("raqqa", "raqqa")]
    [InlineData("RAQQA", "raqqa")]
    [InlineData("rakka", "raqqa")]
    [InlineData("hasak", "hasaka")]
    [InlineData("asaka", "")]
    [InlineData("الحسكة", "hasaka")]
    [InlineData("\"deir ez\"", "deir")]
    [InlineData("\"ez deir\"", "")]
    [InlineData("ez deir", "deir")]
    [InlineData("raqqa OR deir", "deir raqqa")]
    [InlineData("SY NOT raqqa", "deir hasaka")]
    [InlineData("SY AND (raqqa OR hasaka)", "hasaka raqqa")]
    [InlineData("NOT SY", "odd")]
    [InlineData("city", "")]
    [InlineData("\"50%_(a.b)\"", "odd")]
    [InlineData("50", "odd")]
    [InlineData("50%", "odd")]
    [InlineData("ez-zor", "deir")]
    [InlineData("(2022 OR ar-raqqah) sy", "raqqa")]
    [InlineData("a AND NOT 50%", "hasaka raqqa")]
    [InlineData("%raqqa%", "")]
    [InlineData("x\\y", "")]
    [InlineData("and", "")]
    [InlineData("\".*\"", "")]
    [InlineData("\"x' OR 1=1 --\"", "")]
    public async Task Words_and_phrases_are_found_where_words_begin(string search, string ids)
    {
        var reply = await server.Get($"Places?$orderby=Id&$search={Uri.EscapeDataString(search)}");

        Assert.True(reply.Status == 200, reply.Body);
        Assert.Equal(ids, string.Join(' ', reply.Ids));
    }

    [Fact]
    public async Task A_search_goes_with_a_filter_a_count_pages_and_expand()
    {
        Assert.Equal(["hasaka"], (await server.Get("Places?search=SY&$filter=NameArabic ne null")).Ids);
        Assert.Equal("3", (await server.Get("Places/$count?$search=sy")).Body);
        Assert.Equal(3, (int)(await server.Get("Places?$search=sy&$count=true&$top=1")).Json["@odata.count"]!);
        var expanded = await server.Get("Places('raqqa')?$expand=Casualties($search=camp)");
        Assert.True(expanded.Status == 200, expanded.Body);
        Assert.Equal("b", (string)Assert.Single(expanded.Json["Casualties"]!.AsArray())!["Id"]!);
    }

    [Theory]
    [InlineData("Places", "Name OtherNames NameArabic CountryCode Pcode PlaceSource")]
    [InlineData("Actors", "Name OtherNames Abbreviation")]
    [InlineData("Casualties", "Date CountText SourceLocator Breakdown ClaimGroup Note")]
    public void What_is_searched_follows_from_the_schema(string dataset, string columns) =>
        Assert.Equal(columns, string.Join(' ', SearchSql.Searched(Catalog.Get(dataset)).Select(column => column.Name)));

    [Fact]
    public void Every_dataset_has_text_to_search() => Assert.All(Catalog.Sets, dataset => Assert.NotEmpty(SearchSql.Searched(dataset)));

    [Theory]
    [InlineData("AND")]
    [InlineData("(a")]
    [InlineData("\"a")]
    [InlineData("a OR")]
    [InlineData("2022 OR")]
    [InlineData("()")]
    public async Task A_malformed_search_is_refused(string search)
    {
        var reply = await server.Get($"Places?$search={Uri.EscapeDataString(search)}");

        Assert.Equal((400, "$search"), (reply.Status, (string?)reply.Json["error"]?["target"]));
    }

    [Fact]
    public async Task A_huge_search_is_refused() =>
        Assert.Equal(400, (await server.Get($"Places?$search={string.Join(" OR ", Enumerable.Repeat("a", 60))}")).Status);

    public ValueTask InitializeAsync()
    {
        server.Commit(
            Record("Places", "raqqa", ("Name", "Raqqa"), ("OtherNames", "ar-Raqqah; Rakka"), ("CountryCode", "SY"), ("Kind", "city")),
            Record("Places", "hasaka", ("Name", "al-Hasaka"), ("NameArabic", "الحسكة"), ("CountryCode", "SY"), ("Kind", "city")),
            Record("Places", "deir", ("Name", "Deir ez-Zor"), ("CountryCode", "SY"), ("Kind", "city")),
            Record("Places", "odd", ("Name", "a 50%_(a.b)")),
            Casualty("a", ("PlaceId", "raqqa"), ("Note", "street")), Casualty("b", ("PlaceId", "raqqa"), ("Note", "Camp")));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
