using System.Text;
using ConflictData.Access;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Tests.OData.Conformance;

/// <summary>The lines of OData 4.0 Intermediate.</summary>
public sealed class Intermediate40(ConformanceFeed feed) : ConformanceLevel(feed)
{
    [Fact, Line("1", "MUST conform to 4.0 Minimal")]
    public void Line_01_conforms_to_4_0_Minimal() => Meets("4.0 Minimal");

    [Fact, Line("2", "MUST parse by the grammar, and follow the standard or answer 501")]
    public async Task Line_02_what_the_grammar_has_is_done_or_501()
    {
        Assert.Equal("a b", await Where("contains(Note,'in the') and StartDate ge 2022-01-01"));
        await Refused(501, "$all", "Casualties/$each", "Casualties/ConflictData.Casualty", "Casualties('a')/$value", "Casualties?$filter=hassubset([1],[1])");
    }

    [Fact, Line("3", "MUST support $select")]
    public async Task Line_03_select() => Assert.Equal("""{"Low":1,"Id":"a"}""", await Body("Casualties('a')?$select=Low,Id"));

    [Fact, Line("4", "MUST support casting to derived types if there are any", NotHere = "the model has no derived types")]
    public async Task Line_04_no_derived_types() => await HasNoDerivedTypes();

    [Fact, Line("5", "MUST support $top")]
    public async Task Line_05_top() => Assert.Equal("a b", await Ids("Casualties?$top=2"));

    [Fact, Line("6", "MUST support /$value on media entities and properties")]
    public async Task Line_06_value_of_properties()
    {
        Assert.Equal("20", (await Get("Casualties('c')/Low/$value")).Body);
        Assert.Equal(204, (await Get("Casualties('c')/High/$value")).Status);
    }

    [Fact, Line("7", "MUST support $filter")]
    public async Task Line_07_filter() => Assert.Equal("b c", await Where("Low gt 1"));

    [Fact, Line("7.1", "MUST support eq and ne on properties")]
    public async Task Line_07_1_eq_and_ne()
    {
        Assert.Equal("b", await Where("Low eq 7"));
        Assert.Equal("a c", await Where("Low ne 7"));
    }

    [Fact, Line("7.2", "MUST support aliases in $filter")]
    public async Task Line_07_2_aliases()
    {
        Assert.Equal("b", await Ids("Casualties?$filter=Low eq @low&@low=7"));
        Assert.Equal("c", await Ids("Casualties?$filter=High eq @none"));
    }

    [Fact, Line("7.3", "SHOULD support other operations, MUST answer 501 for others")]
    public async Task Line_07_3_other_operations()
    {
        Assert.Equal("a c", await Where("not (Low ge 2 and Low le 10) or Low lt 0"));
        Assert.Equal("b", await Where("(Low add 1) mul 2 sub 1 div 1 mod 20 eq 15"));
        await Refused(501, "Casualties?$filter=ModifiedAt add duration'P1D' gt ModifiedAt");
    }

    [Fact, Line("7.4", "SHOULD support the canonical functions, MUST answer 501 for others")]
    public async Task Line_07_4_canonical_functions()
    {
        Assert.Equal("a", await Where("endswith(toupper(Note),'STREET') and indexof(Note,'the') eq 3 and length(concat(Id,'x')) eq 2"));
        Assert.Equal("b", await Where("day(StartDate) eq 26 and round(Low div 2.0) eq 4 and substring(trim(Note),7) eq 'camp'"));
        await Refused(501, "Casualties?$filter=now() gt ModifiedAt");
    }

    [Fact, Line("7.5", "SHOULD support $filter on expanded entities")]
    public async Task Line_07_5_filter_on_expanded_entities() =>
        Assert.Equal("""{"Id":"raqqa","Casualties":[{"Id":"b"}]}""", await Body("Places('raqqa')?$select=Id&$expand=Casualties($filter=Low gt 1;$select=Id)"));

    [Fact, Line("8", "SHOULD publish $metadata as XML")]
    public async Task Line_08_metadata_as_XML() => Assert.Equal("application/xml", (await Get("$metadata")).Response.ContentType);

    [Fact, Line("9", "SHOULD support JSON")]
    public async Task Line_09_JSON() => Assert.Equal(3, (await Get("Casualties?$format=json")).Json["value"]!.AsArray().Count);

    [Fact, Line("10", "SHOULD consider basic authentication")]
    public void Line_10_a_key_as_the_password_of_basic_authentication()
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.Authorization = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("anyone:cf_id_secret"));

        Assert.Equal("cf_id_secret", PresentedKey.Find(request)!.Text);
    }

    [Fact, Line("11", "SHOULD support $search")]
    public async Task Line_11_search() => Assert.Equal("b", await Ids("Casualties?$search=camp"));

    [Fact, Line("12", "SHOULD support $skip")]
    public async Task Line_12_skip() => Assert.Equal("c", await Ids("Casualties?$skip=2"));

    [Fact, Line("13", "SHOULD support $count")]
    public async Task Line_13_count() => Assert.Equal(2, (int)(await Get("Casualties?$filter=Low gt 1&$top=1&$count=true")).Json["@odata.count"]!);

    [Fact, Line("14", "SHOULD support $expand")]
    public async Task Line_14_expand() =>
        Assert.Equal("""{"Id":"c","Claimant":{"Name":"IS"},"Whole":null}""", await Body("Casualties('c')?$select=Id&$expand=Claimant($select=Name),Whole"));

    [Fact, Line("15", "SHOULD support any and all")]
    public async Task Line_15_any_and_all()
    {
        Assert.Equal("raqqa hasaka", await Ids("Places?$filter=Casualties/any(c:c/Low gt 1)"));
        Assert.Equal("syria hasaka", await Ids("Places?$filter=Casualties/all(c:c/Low gt 1)"));
        Assert.Equal("raqqa hasaka", await Ids("Places?$filter=Casualties/any()"));
    }

    [Fact, Line("16", "SHOULD support /$count on navigation properties")]
    public async Task Line_16_count_of_what_refers_to_a_record()
    {
        Assert.Equal("2", (await Get("Places('raqqa')/Casualties/$count")).Body);
        Assert.Equal("raqqa", await Ids("Places?$filter=Casualties/$count eq 2"));
    }

    [Fact, Line("17", "SHOULD support $orderby asc and desc")]
    public async Task Line_17_orderby()
    {
        Assert.Equal("c b a", await Ids("Casualties?$orderby=Low desc"));
        Assert.Equal("a b c", await Ids("Casualties?$orderby=PlaceId desc,Low asc"));
    }
}
