using System.Xml;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.Edm.Validation;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Documents;

public sealed class DocumentTests : IAsyncLifetime
{
    private readonly Server server = new();

    [Theory]
    [InlineData("", null, "service.json", "application/json;odata.metadata=minimal;charset=utf-8")]
    [InlineData("$metadata", null, "metadata.xml", "application/xml")]
    [InlineData("$metadata", "application/json", "metadata.xml", "application/xml")]
    [InlineData("$metadata?$format=json", null, "metadata.json", "application/json")]
    [InlineData("Casualties?$count=true&$top=3", null, "feed.json", "application/json;odata.metadata=minimal;charset=utf-8")]
    public async Task Documents_are_the_same_to_the_byte(string address, string? accept, string file, string contentType)
    {
        var reply = accept is null ? await server.Get(address) : await server.Get(address, headers: ("Accept", accept));

        Assert.Equal((200, contentType), (reply.Status, reply.Response.ContentType));
        Golden.Check($"OData/{file}", reply.Body);
    }

    [Theory]
    [InlineData(null, "4.01")]
    [InlineData("4.0", "4.0")]
    public async Task The_model_is_valid_and_in_the_clients_version(string? max, string version)
    {
        var reply = max is null ? await server.Get("$metadata") : await server.Get("$metadata", headers: ("OData-MaxVersion", max));

        Assert.Contains($"Version=\"{version}\"", reply.Body, StringComparison.Ordinal);
        using var reader = XmlReader.Create(new StringReader(reply.Body));
        Assert.True(CsdlReader.TryParse(reader, ignoreUnexpectedAttributesAndElements: false, out var model, out var errors), string.Join("; ", errors.Select(error => error.ErrorMessage)));
        model.Validate(out errors);
        // The library takes no constant for the type of AllowedValue's Value, Edm.PrimitiveType, which any value is of.
        // Nor does it have the Aggregation vocabulary, and so not the enumeration in which Rollup says None.
        Assert.DoesNotContain(errors, error => error.ErrorCode is not (EdmErrorCode.ExpressionPrimitiveKindNotValidForAssertedType or EdmErrorCode.BadUnresolvedEnumMember));
    }

    [Theory]
    [InlineData("?$filter=Low eq 1", 400)]
    [InlineData("$metadata?$top=1", 400)]
    [InlineData("$metadata?$format=atom", 406)]
    [InlineData("?$format=xml", 406)]
    [InlineData("?code=cf_x_y", 200)]
    public async Task Documents_take_no_options_but_the_format(string address, int status) =>
        Assert.Equal(status, (await server.Get(address)).Status);

    [Fact]
    public async Task A_known_document_is_304()
    {
        var tag = (await server.Get("$metadata")).Header("ETag")!;

        Assert.Equal(304, (await server.Get("$metadata", headers: ("If-None-Match", tag))).Status);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("/", true)]
    [InlineData("$metadata", true)]
    [InlineData("Casualties", false)]
    [InlineData("$metadata/Casualties", false)]
    public void Only_what_holds_no_rows_is_open(string path, bool open) =>
        Assert.Equal(open, new ConflictData.OData.ODataCall(path, null, new(Server.Root)).IsOpen);

    public ValueTask InitializeAsync()
    {
        server.Commit(
            Casualty("a", ("Low", 374L), ("Note", "قسد \"x\" <&> \\ \n"), ("StartDate", new DateOnly(2022, 1, 20)), ("PartsComplete", true)),
            Casualty("b", ("CountText", "more than 30"), ("Low", 31L)));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
