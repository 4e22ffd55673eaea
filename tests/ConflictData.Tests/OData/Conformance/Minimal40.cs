using System.Text.Json.Nodes;
using System.Xml;
using Microsoft.OData.Edm.Csdl;

namespace ConflictData.Tests.OData.Conformance;

/// <summary>The lines of OData 4.0 Minimal.</summary>
public sealed class Minimal40(ConformanceFeed feed) : ConformanceLevel(feed)
{
    [Fact, Line("1", "MUST publish a service document at the service root")]
    public async Task Line_01_a_service_document_at_the_root()
    {
        var reply = await Get("");

        Assert.Equal($"{Server.Root}/$metadata", (string?)reply.Json["@odata.context"]);
        Assert.Contains(reply.Json["value"]!.AsArray(), set => set!.ToJsonString() == """{"name":"Places","title":"Places","kind":"EntitySet","url":"Places"}""");
    }

    [Fact, Line("2", "MUST return data in the OData JSON format")]
    public async Task Line_02_data_in_the_JSON_format()
    {
        var reply = await Get("Casualties?$select=Id,Low&$top=1");

        Assert.StartsWith("application/json;odata.metadata=minimal", reply.Response.ContentType, StringComparison.Ordinal);
        Assert.Equal($$"""{"@odata.context":"{{Server.Root}}/$metadata#Casualties(Id,Low)","value":[{"Id":"a","Low":1}]}""", reply.Body);
    }

    [Fact, Line("3", "MUST use server-driven paging for partial results, and nothing else")]
    public async Task Line_03_partial_results_have_a_next_link()
    {
        var first = await Get("Casualties", ("Prefer", "maxpagesize=2"));
        var last = await Get(first.NextLink!);

        Assert.Equal(["a", "b", "c"], first.Ids.Concat(last.Ids));
        Assert.Null(last.NextLink);
    }

    [Fact, Line("4", "MUST return the appropriate OData-Version")]
    public async Task Line_04_the_version_that_the_client_reads()
    {
        Assert.Equal("4.0", (await Get("Casualties", ("OData-MaxVersion", "4.0"))).Header("OData-Version"));
        Assert.Equal("4.01", (await Get("Casualties", ("OData-MaxVersion", "4.01"))).Header("OData-Version"));
        Assert.Equal("4.01", (await Get("Nowhere")).Header("OData-Version"));
    }

    [Fact, Line("5.1", "MUST conform to Accept, or fail the request")]
    public async Task Line_05_1_the_form_that_Accept_asks_for()
    {
        Assert.StartsWith("text/csv", (await Get("Casualties", ("Accept", "text/csv"))).Response.ContentType, StringComparison.Ordinal);
        Assert.Equal(406, (await Get("Casualties", ("Accept", "application/atom+xml"))).Status);
    }

    [Fact, Line("5.2", "MUST conform to OData-MaxVersion, or fail the request")]
    public async Task Line_05_2_no_version_above_the_one_that_the_client_reads() =>
        Assert.Equal(400, (await Get("Casualties", ("OData-MaxVersion", "3.0"))).Status);

    [Fact, Line("6", "MUST follow the guidelines for extensibility")]
    public async Task Line_06_options_and_preferences_of_the_clients_own_do_no_harm()
    {
        Assert.Equal("a b c", await Ids("Casualties?mine=1&other"));
        Assert.Equal(200, (await Get("Casualties", ("Prefer", "mine=1, return=minimal"))).Status);
        await Refused(400, "Casualties?$mine=1");
    }

    [Fact, Line("7", "MUST parse supported options by the grammar, and follow the standard or answer 501")]
    public async Task Line_07_what_is_parsed_is_done_or_501()
    {
        Assert.Equal("b", await Where("Low eq 7 and (Note ne null)"));
        await Refused(400, "Casualties?$filter=Low eq");
        await Refused(501, "Casualties?$schemaversion=*", "Casualties?$filter=isdefined(Low)", "Casualties?$filter=now() gt ModifiedAt");
    }

    [Fact, Line("8", "MUST expose only types of CSDL")]
    public async Task Line_08_every_type_is_of_CSDL()
    {
        using var reader = XmlReader.Create(new StringReader((await Get("$metadata", ("OData-MaxVersion", "4.0"))).Body));

        Assert.True(CsdlReader.TryParse(reader, ignoreUnexpectedAttributesAndElements: false, out _, out var errors), string.Join("; ", errors.Select(error => error.ErrorMessage)));
    }

    [Fact, Line("9", "MUST NOT require clients to understand annotations or custom headers")]
    public async Task Line_09_values_say_all_without_annotations()
    {
        var annotated = (await Get("Casualties('c')?$format=application/json;metadata=full")).Json.AsObject().Where(member => !member.Key.Contains('@', StringComparison.Ordinal));

        Assert.Equal(
            JsonNode.Parse(await Body("Casualties('c')"))!.AsObject().Select(member => $"{member.Key}={member.Value}"),
            annotated.Select(member => $"{member.Key}={member.Value}"));
    }

    [Fact, Line("10", "MUST NOT violate update semantics")]
    public async Task Line_10_nothing_is_written()
    {
        foreach (var method in new[] { "POST", "PATCH", "PUT", "DELETE" })
        {
            Assert.Equal(501, (await Server.Get("Casualties('a')", method: method)).Status);
        }
        Assert.Equal("a b c", await Ids("Casualties"));
    }

    [Fact, Line("11", "MUST NOT violate any other semantics")]
    public async Task Line_11_null_is_what_the_standard_says()
    {
        Assert.Equal("a c", await Where("not (High gt 1)"));
        Assert.Equal("c", await Where("High eq null"));
        Assert.Equal("c a b", await Ids("Casualties?$orderby=High"));
    }

    [Fact, Line("12", "SHOULD support $expand")]
    public async Task Line_12_expand() =>
        Assert.Equal("""{"Id":"a","Place":{"Name":"ar-Raqqa"}}""", await Body("Casualties('a')?$select=Id&$expand=Place($select=Name)"));

    [Fact, Line("13", "SHOULD publish $metadata as XML, MAY as JSON")]
    public async Task Line_13_metadata_as_XML_and_JSON()
    {
        Assert.Equal("Edmx", (await Model()).Root!.Name.LocalName);
        Assert.Equal("4.01", (string?)(await Get("$metadata?$format=json")).Json["$Version"]);
    }

    [Fact, Line("14", "MUST support prefixed variants of headers and preferences")]
    public async Task Line_14_preferences_with_their_prefix() =>
        Assert.Equal("odata.maxpagesize=2", (await Get("Casualties", ("Prefer", "odata.maxpagesize=2"))).Header("Preference-Applied"));

    [Fact, Line("15", "MUST support enumeration and duration literals with the type prefix", NotHere = "the model has no enumeration and no duration")]
    public async Task Line_15_no_enumeration_and_no_duration()
    {
        await HasNo("EnumType");
        Assert.DoesNotContain("Edm.Duration", (await Get("$metadata")).Body, StringComparison.Ordinal);
    }
}
