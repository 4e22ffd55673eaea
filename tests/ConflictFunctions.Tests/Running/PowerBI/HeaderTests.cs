using System.Net;
using System.Xml.Linq;

namespace ConflictFunctions.Tests.Running.PowerBI;

/// <summary>The headers of the engine and those of its relatives: what decides, and what does not.</summary>
public sealed class HeaderTests(RunningApp app)
{
    private const string Root = "releases/1/odata/";

    private Mashup Engine => new(app.Anonymous, app.AdminKey);

    [Theory]
    [InlineData(Mashup.Accept)]
    [InlineData("application/json;odata.metadata=minimal;q=1.0,application/json;odata=minimalmetadata;q=0.9")]
    [InlineData("application/json;odata=minimalmetadata, */*;q=0.1")]
    [InlineData("application/json")]
    [InlineData("*/*")]
    [InlineData(null)]
    public async Task Rows_and_the_service_document_are_JSON(string? accept)
    {
        foreach (var address in (string[])["", "Casualties", "Casualties?$top=1000", "Places('al-hasaka')"])
        {
            await Engine.Json(Engine.WithKey(Root + address), ("Accept", accept));
        }
    }

    [Theory]
    [InlineData(Mashup.Accept)]
    [InlineData("application/xml")]
    [InlineData("application/json")]
    [InlineData("application/atomsvc+xml,application/atom+xml,application/xml")]
    [InlineData("text/plain")]
    [InlineData("*/*")]
    [InlineData(null)]
    public async Task The_model_is_XML_whatever_is_asked_for(string? accept)
    {
        using var answer = await Engine.Get(Engine.WithKey($"{Root}$metadata"), ("Accept", accept));

        Assert.Equal((HttpStatusCode.OK, "application/xml"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Equal("4.0", XDocument.Parse(await Mashup.Read(answer)).Root!.Attribute("Version")!.Value);
    }

    [Theory]
    [InlineData("gzip, deflate", true)]
    [InlineData("identity", false)]
    [InlineData(null, false)]
    public async Task A_page_is_compressed_for_who_takes_it(string? encodings, bool compressed)
    {
        using var answer = await Engine.Get(Engine.WithKey($"{Root}Casualties"), ("Accept-Encoding", encodings));

        Assert.Equal(compressed ? ["gzip"] : [], answer.Content.Headers.ContentEncoding);
        Assert.Contains("\"@odata.context\"", await Mashup.Read(answer));
    }

    [Theory]
    [InlineData("MaxDataServiceVersion", null)]
    [InlineData("DataServiceVersion", "3.0")]
    [InlineData("DataServiceVersion", "1.0;NetFx")]
    [InlineData("User-Agent", "Microsoft.Data.Mashup")]
    [InlineData("User-Agent", null)]
    [InlineData("OData-Version", "4.0")]
    [InlineData("OData-MaxVersion", null)]
    public async Task What_other_versions_of_it_send_or_leave_out_changes_no_row(string header, string? value)
    {
        var usual = await Engine.Json(Engine.WithKey($"{Root}Casualties"));
        var other = await Engine.Json(Engine.WithKey($"{Root}Casualties"), (header, value));

        Assert.Equal(usual.GetRawText(), other.GetRawText());
    }

    [Theory]
    [InlineData("Casualties")]
    [InlineData("")]
    public async Task The_old_connector_of_Excel_is_told_that_there_is_no_Atom(string address)
    {
        // "From OData Data Feed", before Get & Transform: it reads OData 1 to 3 only, which this is not.
        using var answer = await Engine.Get(
            Engine.WithKey(Root + address), ("Accept", "application/atom+xml,application/atomsvc+xml,application/xml"), ("DataServiceVersion", "1.0"), ("OData-MaxVersion", null));

        Assert.Equal(HttpStatusCode.NotAcceptable, answer.StatusCode);
        Assert.Contains("application/json", await Mashup.Read(answer));
    }
}
