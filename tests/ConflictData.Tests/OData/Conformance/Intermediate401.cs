namespace ConflictData.Tests.OData.Conformance;

/// <summary>The lines of OData 4.01 Intermediate.</summary>
public sealed class Intermediate401(ConformanceFeed feed) : ConformanceLevel(feed)
{
    [Fact, Line("1", "MUST conform to 4.01 Minimal")]
    public void Line_01_conforms_to_4_01_Minimal() => Meets("4.01 Minimal");

    [Fact, Line("2", "MUST conform to 4.0 Intermediate")]
    public void Line_02_conforms_to_4_0_Intermediate() => Meets("4.0 Intermediate");

    [Fact, Line("3", "MUST support eq and ne null for navigation to one")]
    public async Task Line_03_eq_and_ne_null_for_navigation()
    {
        Assert.Equal("b c", await Where("Whole eq null"));
        Assert.Equal("a b", await Where("Place/Parent ne null and null ne Place and Low lt 10"));
    }

    [Fact, Line("4", "MUST support in")]
    public async Task Line_04_in()
    {
        Assert.Equal("a b", await Where("Place/Name in ('ar-Raqqa','Mosul')"));
        Assert.Equal("c", await Where("High in (null,300)"));
    }

    [Fact, Line("5", "MUST support $select within $select", NotHere = "records have no properties that are structures")]
    public async Task Line_05_nothing_to_select_within() => await HasPlainPropertiesOnly();

    [Fact, Line("6", "SHOULD support the count of a filtered collection in an expression")]
    public async Task Line_06_count_of_a_filtered_collection() =>
        Assert.Equal("sdf", await Ids("Actors?$filter=CasualtiesAsClaimant/$count($filter=Place/Name eq 'ar-Raqqa') gt 1"));

    [Fact, Line("7", "SHOULD support structural comparison", NotHere = "the model has no complex types in its records")]
    public async Task Line_07_no_structures_to_compare() => await HasPlainPropertiesOnly();

    [Fact, Line("8", "SHOULD support $compute")]
    public async Task Line_08_compute() => Assert.Equal("b", await Ids("Casualties?$compute=High sub Low as Range,Place/Name as Where&$filter=Range gt 0 and Where eq 'ar-Raqqa'"));

    [Fact, Line("9", "SHOULD support options within $select", NotHere = "records have no properties that are structures or collections")]
    public async Task Line_09_nothing_to_apply_options_to() => await HasPlainPropertiesOnly();

    [Fact, Line("10", "MAY support alias assignments within $select and $expand")]
    public async Task Line_10_aliases_within_expand() =>
        Assert.Equal("""{"Id":"raqqa","Casualties":[{"Id":"b"}]}""", await Body("Places('raqqa')?$select=Id&$expand=Casualties($filter=Low gt @least;$select=Id;@least=5)"));

    [Fact, Line("11", "MAY support /$filter in paths")]
    public async Task Line_11_filter_in_paths() => Assert.Equal("1", (await Get("Casualties/$filter(Low gt 1)/$filter(@small)/$count?@small=Low lt 10")).Body);
}
