namespace ConflictData.Tests.OData.Conformance;

/// <summary>The lines of OData 4.0 Advanced.</summary>
public sealed class Advanced40(ConformanceFeed feed) : ConformanceLevel(feed)
{
    [Fact, Line("1", "MUST conform to 4.0 Intermediate")]
    public void Line_01_conforms_to_4_0_Intermediate() => Meets("4.0 Intermediate");

    [Fact, Line("2", "MUST publish $metadata as XML")]
    public async Task Line_02_metadata_as_XML() => Assert.Contains((await Model()).Descendants(), element => element.Attribute("Name")?.Value == "Casualties");

    [Fact, Line("3", "MUST support JSON")]
    public async Task Line_03_JSON() => Assert.Equal("a", (string?)(await Get("Casualties('a')", ("Accept", "application/json"))).Json["Id"]);

    [Fact, Line("4", "MUST support /$count on navigation properties")]
    public async Task Line_04_count_on_navigation_properties()
    {
        Assert.Equal("1", (await Get("Places('raqqa')/Casualties/$count?$filter=Low gt 1")).Body);
        Assert.Equal("syria raqqa hasaka", await Ids("Places?$orderby=Children/$count desc,Casualties/$count desc"));
    }

    [Fact, Line("5", "MUST support any and all")]
    public async Task Line_05_any_and_all() =>
        Assert.Equal("syria", await Ids("Places?$filter=Children/any(p:p/Casualties/all(c:c/Low gt 10 and c/Place/Name eq p/Name))"));

    [Fact, Line("6", "MUST support $skip")]
    public async Task Line_06_skip() => Assert.Equal("b c", await Ids("Casualties?$skip=1"));

    [Fact, Line("7", "MUST support $count")]
    public async Task Line_07_count() => Assert.Equal(3, (int)(await Get("Casualties?$count=true&$top=0")).Json["@odata.count"]!);

    [Fact, Line("8", "MUST support $orderby asc and desc")]
    public async Task Line_08_orderby() => Assert.Equal("b a c", await Ids("Casualties?$orderby=StartDate desc"));

    [Fact, Line("9", "MUST support $expand")]
    public async Task Line_09_expand() =>
        Assert.Equal("""{"Id":"syria","Children":[{"Id":"raqqa"},{"Id":"hasaka"}]}""", await Body("Places('syria')?$select=Id&$expand=Children($select=Id)"));

    [Fact, Line("9.1", "MUST support references for expanded properties")]
    public async Task Line_09_1_references() =>
        Assert.Equal("""{"Id":"hasaka","Casualties":[{"@odata.id":"Casualties('c')"}]}""", await Body("Places('hasaka')?$select=Id&$expand=Casualties/$ref"));

    [Fact, Line("9.2", "MUST support $filter on expanded collections")]
    public async Task Line_09_2_filter() => Assert.Equal("""{"Id":"raqqa","Casualties":[{"Id":"a"}]}""", await Expanded("$filter=Low eq 1"));

    [Fact, Line("9.3", "MUST support cast segments in $expand with derived types", NotHere = "the model has no derived types")]
    public async Task Line_09_3_no_derived_types()
    {
        await HasNoDerivedTypes();
        await Refused(501, "Casualties?$expand=Place/ConflictData.Place");
    }

    [Fact, Line("9.4", "SHOULD support $orderby on expanded collections")]
    public async Task Line_09_4_orderby() => Assert.Equal("""{"Id":"raqqa","Casualties":[{"Id":"b"},{"Id":"a"}]}""", await Expanded("$orderby=Low desc"));

    [Fact, Line("9.5", "SHOULD support $count on expanded collections")]
    public async Task Line_09_5_count() =>
        Assert.Equal("""{"Id":"raqqa","Casualties@odata.count":2,"Casualties":[{"Id":"a"}]}""", await Expanded("$count=true;$top=1"));

    [Fact, Line("9.6", "SHOULD support $top and $skip on expanded collections")]
    public async Task Line_09_6_top_and_skip()
    {
        Assert.Equal("""{"Id":"raqqa","Casualties":[{"Id":"a"}]}""", await Expanded("$top=1"));
        Assert.Equal("""{"Id":"raqqa","Casualties":[{"Id":"b"}]}""", await Expanded("$skip=1"));
    }

    [Fact, Line("9.7", "SHOULD support $search on expanded collections")]
    public async Task Line_09_7_search() => Assert.Equal("""{"Id":"raqqa","Casualties":[{"Id":"b"}]}""", await Expanded("$search=camp"));

    [Fact, Line("9.8", "SHOULD support $levels")]
    public async Task Line_09_8_levels()
    {
        Assert.Equal(
            """{"Id":"a","Place":{"Id":"raqqa","Parent":{"Id":"syria","Parent":null}}}""",
            await Body("Casualties('a')?$select=Id&$expand=Place($select=Id;$expand=Parent($levels=2;$select=Id))"));
        Assert.Equal("""{"Id":"b","Parts":[{"Id":"a","Parts":[]}]}""", await Body("Casualties('b')?$select=Id&$expand=Parts($levels=2;$select=Id)"));
    }

    [Fact, Line("9.9", "MAY support $compute on expanded properties")]
    public async Task Line_09_9_compute() =>
        Assert.Equal("""{"Id":"raqqa","Casualties":[{"Twice":14}]}""", await Body("Places('raqqa')?$select=Id&$expand=Casualties($compute=Low mul 2 as Twice;$select=Twice;$filter=Twice gt 2)"));

    [Fact, Line("10", "MUST support $search")]
    public async Task Line_10_search()
    {
        Assert.Equal("raqqa", await Ids("Places?$search=rakka"));
        Assert.Equal("a b", await Ids("Casualties?$search=\"in the\" AND NOT (hospital OR prison)"));
    }

    [Fact, Line("11", "MUST support batch requests as multipart, MAY as JSON")]
    public async Task Line_11_batches()
    {
        var multipart = await Server.Batch("multipart/mixed;boundary=b", "--b\r\nContent-Type: application/http\r\n\r\nGET Casualties/$count HTTP/1.1\r\n\r\n\r\n--b--\r\n");
        var json = await Server.Batch("application/json", """{"requests":[{"id":"1","method":"GET","url":"Casualties/$count"}]}""");

        Assert.Contains("HTTP/1.1 200 OK", multipart.Body, StringComparison.Ordinal);
        Assert.Equal((1, 200, "3"), (json.Json["responses"]!.AsArray().Count, (int)json.Json["responses"]![0]!["status"]!, (string?)json.Json["responses"]![0]!["body"]));
    }

    [Fact, Line("12", "MUST support the resource path conventions")]
    public async Task Line_12_resource_paths()
    {
        Assert.Equal("ar-Raqqa", (await Get("Casualties('a')/Place/Name/$value")).Body);
        Assert.Equal("a b", await Ids("Casualties('a')/Place/Casualties"));
        Assert.Equal("b", (string?)(await Get("Places('raqqa')/Casualties('b')")).Json["Id"]);
        Assert.Equal("Casualties('a')", (string?)(await Get("Casualties('a')/$ref")).Json["@odata.id"]);
        Assert.Equal("c", (string?)(await Get("$entity?$id=Casualties('c')")).Json["Id"]);
        await Refused(404, "Nowhere", "Casualties('nobody')");
    }

    [Fact, Line("13", "SHOULD support asynchronous requests", Fails = "respond-async is not applied, which the standard allows: the answer comes at once")]
    public async Task Line_13_respond_async_is_not_applied()
    {
        var reply = await Get("Casualties", ("Prefer", "respond-async"));

        Assert.Equal((200, null), (reply.Status, reply.Header("Preference-Applied")));
    }

    [Fact, Line("14", "SHOULD support delta change tracking")]
    public async Task Line_14_delta()
    {
        var reply = await Server.Get("Casualties", keyId: "k", headers: ("Prefer", "track-changes"));
        var changes = await Server.Get(reply.DeltaLink!, keyId: "k");

        Assert.Contains("track-changes", reply.Header("Preference-Applied"), StringComparison.Ordinal);
        Assert.Empty(changes.Json["value"]!.AsArray());
        Assert.NotNull(changes.DeltaLink);
    }

    [Fact, Line("15", "SHOULD support cross joins", Fails = "$crossjoin is answered with 501: related records are reached along their ways")]
    public async Task Line_15_no_cross_joins() => await Refused(501, "$crossjoin(Casualties,Places)?$filter=Casualties/PlaceId eq Places/Id");

    [Fact, Line("16", "MAY support $compute")]
    public async Task Line_16_compute() =>
        Assert.Equal("""{"value":[{"Id":"c","Range":null},{"Id":"b","Range":2}]}""", await Body("Casualties?$compute=High sub Low as Range&$select=Id,Range&$filter=Range ne 0&$orderby=Range"));

    private Task<string> Expanded(string options) => Body($"Places('raqqa')?$select=Id&$expand=Casualties($select=Id;{options})");
}
