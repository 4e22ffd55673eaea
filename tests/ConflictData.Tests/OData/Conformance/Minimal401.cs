using System.Xml.Linq;

namespace ConflictData.Tests.OData.Conformance;

/// <summary>The lines of OData 4.01 Minimal.</summary>
public sealed class Minimal401(ConformanceFeed feed) : ConformanceLevel(feed)
{
    [Fact, Line("1", "MUST conform to 4.0 Minimal")]
    public void Line_01_conforms_to_4_0_Minimal() => Meets("4.0 Minimal");

    [Fact, Line("2", "MUST be compliant with OData JSON 4.01")]
    public async Task Line_02_JSON_of_4_01()
    {
        var record = (await Get("Casualties('a')?$select=Low,StartDate&$format=application/json;metadata=full")).Json;

        Assert.Equal(("#ConflictData.Casualty", "Int64", "Date", "2022-01-20"), ((string?)record["@odata.type"], (string?)record["Low@odata.type"], (string?)record["StartDate@odata.type"], (string?)record["StartDate"]));
        var linked = (await Get("Casualties('a')?$format=application/json;metadata=full")).Json;
        Assert.Equal((record["@odata.id"] + "/Place", record["@odata.id"] + "/Place/$ref"), ((string?)linked["Place@odata.navigationLink"], (string?)linked["Place@odata.associationLink"]));
        Assert.EndsWith("#Casualties(Place(),Whole(Id))", (string?)(await Get("Casualties?$expand=Place,Whole($select=Id)")).Json["@odata.context"], StringComparison.Ordinal);
    }

    [Fact, Line("3", "MUST return AsyncResult if asynchronous operations are supported", NotHere = "no asynchronous operations")]
    public async Task Line_03_no_asynchronous_operations() => Assert.Equal("false", await Capability("AsynchronousRequestsSupported"));

    [Fact, Line("4", "MUST support headers and preferences with and without prefix")]
    public async Task Line_04_preferences_with_and_without_prefix()
    {
        Assert.Equal("maxpagesize=2", (await Get("Casualties", ("Prefer", "maxpagesize=2"))).Header("Preference-Applied"));
        Assert.Equal("odata.maxpagesize=2", (await Get("Casualties", ("Prefer", "odata.maxpagesize=2"))).Header("Preference-Applied"));
    }

    [Fact, Line("5", "MUST reject an incompatible $schemaversion if the model has Core.SchemaVersion", NotHere = "the model has no Core.SchemaVersion")]
    public async Task Line_05_no_schema_version()
    {
        Assert.DoesNotContain("Core.V1.SchemaVersion", (await Get("$metadata")).Body, StringComparison.Ordinal);
        await Refused(501, "Casualties?$schemaversion=1");
    }

    [Fact, Line("6", "MUST support options with and without $")]
    public async Task Line_06_options_with_and_without_dollar()
    {
        Assert.Equal("c b", await Ids("Casualties?filter=Low gt 1&orderby=Low desc&top=2&select=Id&count=true"));
        Assert.Equal("""{"Id":"raqqa","Casualties":[{"Id":"b"}]}""", await Body("Places('raqqa')?select=Id&expand=Casualties(filter=Low gt 1;select=Id)"));
    }

    [Fact, Line("7", "MUST support options, operators and functions in any letter case")]
    public async Task Line_07_options_operators_and_functions_in_any_letter_case() =>
        Assert.Equal("b", await Ids("Casualties?$FILTER=CONTAINS(Note,'camp') AND Low DIVBY 2 EQ 3.5&$OrderBy=Low DESC"));

    [Fact, Line("8", "MUST return identifiers in the letter case of $metadata")]
    public async Task Line_08_names_as_the_model_has_them() =>
        Assert.Equal("""{"Id":"a","Low":1,"Place":{"Name":"ar-Raqqa"}}""", await Body("casualties('A')?$select=ID,low&$expand=PLACE($select=name)"));

    [Fact, Line("9", "MUST support 4.0 and 4.01 syntax whatever OData-MaxVersion says")]
    public async Task Line_09_the_syntax_of_both_versions_for_both()
    {
        foreach (var version in new[] { "4.0", "4.01" })
        {
            Assert.Equal(["b"], (await Get("Casualties?filter=Low in (7,8) and case(Low gt 1:true)", ("OData-MaxVersion", version))).Ids);
            Assert.Equal(["b"], (await Get("Casualties?$filter=(Low eq 7)", ("OData-MaxVersion", version))).Ids);
        }
    }

    [Fact, Line("9.1", "MUST support casting strings to primitive types")]
    public async Task Line_09_01_strings_cast_to_other_types()
    {
        Assert.Equal("b", await Where("cast('7',Edm.Int64) eq Low and cast('2022-01-26',Edm.Date) eq StartDate"));
        Assert.Equal("a b", await Where("StartDate ge '2022-01-01' and ModifiedAt gt '2000-01-01T00:00:00Z' and Low lt '8'"));
        Assert.Equal("a b c", await Where("cast(Note,Edm.Date) eq null"));
    }

    [Fact, Line("9.2", "MUST support enumeration and duration literals with or without prefix", NotHere = "the model has no enumeration and no duration")]
    public async Task Line_09_02_no_enumeration_and_no_duration()
    {
        await HasNo("EnumType");
        Assert.DoesNotContain("Edm.Duration", (await Get("$metadata")).Body, StringComparison.Ordinal);
    }

    [Fact, Line("9.3", "MUST support function imports without parentheses", NotHere = "the model has no function imports")]
    public async Task Line_09_03_no_function_imports() => await HasNo("FunctionImport");

    [Fact, Line("9.4", "MUST support an empty body for actions without parameters", NotHere = "the model has no actions")]
    public async Task Line_09_04_no_actions() => await HasNo("Action", "ActionImport");

    [Fact, Line("9.5", "MUST support functions and actions of a default namespace", NotHere = "the model has no functions and no actions")]
    public async Task Line_09_05_no_functions() => await HasNo("Function", "Action");

    [Fact, Line("9.6", "MUST support aliases for key values that may hold NUL, / or \\")]
    public async Task Line_09_06_aliases_for_key_values()
    {
        Assert.Equal("b", (string?)(await Get("Casualties(@id)?@id='b'")).Json["Id"]);
        Assert.Equal("b", (string?)(await Get("Places(@place)/Casualties(Id=@id)?@id='b'&@place='raqqa'")).Json["Id"]);
        await Refused(404, "Casualties(@id)?@id='a/b'");
    }

    [Fact, Line("9.7", "SHOULD support implicit aliasing of parameters", NotHere = "the model has no functions")]
    public async Task Line_09_07_no_functions_with_parameters() => await HasNo("Function", "Parameter");

    [Fact, Line("9.8", "SHOULD support eq and ne null for navigation to one")]
    public async Task Line_09_08_eq_and_ne_null_for_navigation()
    {
        Assert.Equal("a", await Where("Party ne null"));
        Assert.Equal("syria", await Ids("Places?$filter=Parent eq null"));
    }

    [Fact, Line("9.9", "SHOULD support in")]
    public async Task Line_09_09_in()
    {
        Assert.Equal("a c", await Where("Low in (1,20,300)"));
        Assert.Equal("a c", await Ids("Casualties?$filter=Id in @ids&@ids=['a','c']"));
    }

    [Fact, Line("9.10", "SHOULD support divby")]
    public async Task Line_09_10_divby()
    {
        Assert.Equal("b", await Where("Low divby 2 eq 3.5"));
        Assert.Equal("a b c", await Where("Low divby 0 eq INF"));
    }

    [Fact, Line("9.11", "SHOULD support negative indexes for substring")]
    public async Task Line_09_11_substring_from_the_end()
    {
        Assert.Equal("b", await Where("substring(Note,-4) eq 'camp'"));
        Assert.Equal("b", await Where("substring(Note,-4,2) eq 'ca'"));
    }

    [Fact, Line("9.12", "MAY support keys as segments, and MUST then support canonical addresses")]
    public async Task Line_09_12_keys_as_segments()
    {
        Assert.Equal("a", (string?)(await Get("Casualties/a")).Json["Id"]);
        Assert.Equal("a", (string?)(await Get("Casualties('a')")).Json["Id"]);
    }

    [Fact, Line("9.13", "MAY support the count of a filtered collection in an expression")]
    public async Task Line_09_13_count_of_a_filtered_collection() =>
        Assert.Equal("raqqa hasaka", await Ids("Places?$filter=Casualties/$count($filter=Low gt 1) eq 1"));

    [Fact, Line("9.14", "MAY support structural comparison", NotHere = "the model has no complex types in its records")]
    public async Task Line_09_14_no_structures_to_compare() => await HasPlainPropertiesOnly();

    [Fact, Line("10", "SHOULD publish $metadata as XML and JSON")]
    public async Task Line_10_metadata_as_XML_and_JSON()
    {
        Assert.Equal("4.01", (await Model()).Root!.Attribute("Version")!.Value);
        Assert.NotNull((await Get("$metadata?$format=json")).Json["ConflictData"]!["Casualty"]);
    }

    [Fact, Line("11", "SHOULD NOT have identifiers that differ by letter case only")]
    public async Task Line_11_no_names_that_differ_by_letter_case_only()
    {
        var types = (await Model()).Descendants().Where(element => element.Name.LocalName is "EntityType" or "EntityContainer" or "Schema");
        Assert.All(types, type =>
        {
            var names = type.Elements().Attributes("Name").Select(name => name.Value).ToArray();
            Assert.Equal(names.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        });
    }

    [Fact, Line("12", "SHOULD return Core.ODataVersions")]
    public async Task Line_12_the_versions_in_the_model() =>
        Assert.Equal("4.01", (string?)(await Get("$metadata?$format=json")).Json["ConflictData"]!["Container"]!["@Core.ODataVersions"]);

    [Fact, Line("13", "SHOULD report capabilities")]
    public async Task Line_13_capabilities()
    {
        Assert.Equal("true", await Capability("ComputeSupported"));
        Assert.Equal("true", await Capability("QuerySegmentSupported"));
        Assert.Equal(["a"], (await Server.Post("Casualties/$query", "text/plain", "$filter=Low eq 1")).Ids);
        Assert.Equal("false", await Capability("CrossJoinSupported"));
    }

    [Fact, Line("14", "MAY support filtering on annotations", Fails = "answered with 400: records have no annotations of their own")]
    public async Task Line_14_no_filter_on_annotations() => await Refused(400, "Casualties?$filter=Low/@Measures.Unit eq 'persons'", "Casualties?$filter=@Core.Description eq null");

    [Fact, Line("15", "MAY support $compute")]
    public async Task Line_15_compute() =>
        Assert.Equal("""{"How":"many","Id":"c"}""", await Body("Casualties('c')?$compute=case(Low gt 10:'many',true:'few') as How&$select=How,Id"));

    [Fact, Line("16", "MAY support $search for all collections")]
    public async Task Line_16_search_everywhere()
    {
        foreach (var set in (await Get("")).Json["value"]!.AsArray())
        {
            Assert.Equal(200, (await Get($"{set!["url"]}?$search=nowhere&$top=1")).Status);
        }
    }

    [Fact, Line("17", "MAY answer in 4.01 where OData-MaxVersion is not given")]
    public async Task Line_17_the_newest_version_unasked() => Assert.Equal("4.01", (await Get("Casualties")).Header("OData-Version"));

    private async Task<string?> Capability(string term) => (await Model()).Descendants()
        .Single(element => element.Name.LocalName == "EntityContainer").Elements()
        .Single(element => element.Attribute("Term")?.Value == "Capabilities." + term).Attribute("Bool")?.Value;
}
