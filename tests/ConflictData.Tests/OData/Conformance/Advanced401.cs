namespace ConflictData.Tests.OData.Conformance;

/// <summary>The lines of OData 4.01 Advanced.</summary>
public sealed class Advanced401(ConformanceFeed feed) : ConformanceLevel(feed)
{
    private const string NoCollections = "records have no properties that are collections";

    [Fact, Line("1", "MUST conform to 4.01 Intermediate")]
    public void Line_01_conforms_to_4_01_Intermediate() => Meets("4.01 Intermediate");

    [Fact, Line("2", "MUST conform to 4.0 Advanced")]
    public void Line_02_conforms_to_4_0_Advanced() => Meets("4.0 Advanced");

    [Fact, Line("3", "MUST support the count of a filtered or searched collection in an expression")]
    public async Task Line_03_count_of_a_filtered_or_searched_collection()
    {
        Assert.Equal("sdf", await Ids("Actors?$filter=CasualtiesAsClaimant/$count($search=camp OR street) gt 1"));
        Assert.Equal("raqqa", await Ids("Places?$filter=Casualties/$count($filter=Low gt 1;$search=camp) eq 1"));
        Assert.Equal("raqqa syria hasaka", await Ids("Places?$orderby=Casualties/$count($search=camp) desc"));
    }

    [Fact, Line("4", "MUST support $compute")]
    public async Task Line_04_compute() =>
        Assert.Equal("""{"value":[{"Id":"c","Half":10},{"Id":"b","Half":3.5}]}""", await Body("Casualties?$compute=Low divby 2 as Half&$select=Id,Half&$orderby=Half desc&$top=2"));

    [Fact, Line("5", "MUST support options within $select", NotHere = NoCollections)]
    public async Task Line_05_nothing_to_apply_options_to() => await HasPlainPropertiesOnly();

    [Fact, Line("5.1", "MUST support $filter on selected collections", NotHere = NoCollections)]
    public async Task Line_05_1_no_collections_to_filter() => await HasPlainPropertiesOnly();

    [Fact, Line("5.2", "SHOULD support $orderby on selected collections", NotHere = NoCollections)]
    public async Task Line_05_2_no_collections_to_order() => await HasPlainPropertiesOnly();

    [Fact, Line("5.3", "SHOULD support $count on selected collections", NotHere = NoCollections)]
    public async Task Line_05_3_no_collections_to_count() => await HasPlainPropertiesOnly();

    [Fact, Line("5.4", "SHOULD support $top and $skip on selected collections", NotHere = NoCollections)]
    public async Task Line_05_4_no_collections_to_cut() => await HasPlainPropertiesOnly();

    [Fact, Line("5.5", "SHOULD support $search on selected collections", NotHere = NoCollections)]
    public async Task Line_05_5_no_collections_to_search() => await HasPlainPropertiesOnly();

    [Fact, Line("6", "MUST publish $metadata as JSON")]
    public async Task Line_06_metadata_as_JSON()
    {
        var reply = await Get("$metadata?$format=application/json");

        Assert.Equal(("application/json", "4.01", "ConflictData.Container"), (reply.Response.ContentType, (string?)reply.Json["$Version"], (string?)reply.Json["$EntityContainer"]));
    }

    [Fact, Line("7", "MUST support batch requests as multipart and as JSON")]
    public async Task Line_07_batches()
    {
        var json = await Server.Batch("application/json", """{"requests":[{"id":"1","method":"GET","url":"Casualties('a')?$select=Low"},{"id":"2","dependsOn":["1"],"method":"GET","url":"Nowhere"}]}""");
        var multipart = await Server.Batch("multipart/mixed;boundary=b", "--b\r\nContent-Type: application/http\r\n\r\nGET Casualties('a')/Low/$value HTTP/1.1\r\n\r\n\r\n--b--\r\n");

        Assert.Equal([200, 404], json.Json["responses"]!.AsArray().Select(answer => (int)answer!["status"]!));
        Assert.Contains("\r\n\r\n1\r\n", multipart.Body, StringComparison.Ordinal);
    }

    [Fact, Line("8", "SHOULD support /$filter in paths")]
    public async Task Line_08_filter_in_paths() => Assert.Equal("b c", await Ids("Casualties/$filter(Low gt 1)?$orderby=Low"));

    [Fact, Line("9", "SHOULD support alias assignments within $select and $expand")]
    public async Task Line_09_aliases_within_expand() =>
        Assert.Equal(
            """{"Id":"raqqa","Casualties":[{"Id":"b"}]}""",
            await Body("Places('raqqa')?$select=Id&$expand=Casualties($filter=Low in @these and Low gt @least;$select=Id;@these=[1,7])&@least=5"));

    [Fact, Line("10", "MAY compare identifiers in any letter case")]
    public async Task Line_10_identifiers_in_any_letter_case() => Assert.Equal("b", await Ids("CASUALTIES?$filter=place/NAME eq 'ar-Raqqa' and LOW gt 1"));
}
