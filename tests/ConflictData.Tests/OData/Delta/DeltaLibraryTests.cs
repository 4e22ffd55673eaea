using System.Text;
using ConflictData.OData;
using Microsoft.OData;
using Microsoft.OData.Edm;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Delta;

/// <summary>Changes as a client of the standard's .NET library reads them.</summary>
public sealed class DeltaLibraryTests
{
    [Theory]
    [InlineData("4.0", "minimal")]
    [InlineData("4.01", "minimal")]
    [InlineData("4.0", "full")]
    [InlineData("4.01", "full")]
    public async Task The_standards_library_reads_rows_removals_and_links(string version, string metadata)
    {
        await using var server = new Server();
        server.Commit(Casualty("a", ("Low", 1L)), Casualty("b", ("Low", 1L)));
        var link = await server.DeltaLink("Casualties?$filter=Low ge 1&$select=Id,Low");
        server.Commit(Retraction(Casualty("a")), Casualty("b", ("Low", 0L)), Casualty("c", ("Low", 3L)));

        var reply = await server.Get(link, headers: [("OData-MaxVersion", version), ("Accept", $"application/json;odata.metadata={metadata}")]);

        var (rows, removed, next) = Read(reply);
        Assert.Equal(["c 3"], rows);
        Assert.Equal([$"{Server.Root}/Casualties('a') Deleted", $"{Server.Root}/Casualties('b') Changed"], removed);
        Assert.Equal(reply.DeltaLink, next);
    }

    private static (List<string> Rows, List<string> Removed, string? DeltaLink) Read(Reply reply)
    {
        var settings = new ODataMessageReaderSettings { BaseUri = new(Server.Root + "/"), MaxProtocolVersion = ODataVersion.V401 };
        using var messages = new ODataMessageReader(new Message(reply), settings, ODataModel.Edm);
        var set = ODataModel.Edm.EntityContainer.FindEntitySet("Casualties");
        var reader = messages.CreateODataDeltaResourceSetReader(set, set.EntityType);
        var (rows, removed, link) = (new List<string>(), new List<string>(), (string?)null);
        while (reader.Read())
        {
            switch (reader.Item)
            {
                case ODataDeletedResource gone when reader.State is ODataReaderState.DeletedResourceEnd:
                    removed.Add($"{new Uri(settings.BaseUri, gone.Id)} {gone.Reason}");
                    break;
                case ODataResource row when reader.State == ODataReaderState.ResourceEnd:
                    rows.Add(string.Join(' ', row.Properties.Cast<ODataProperty>().Select(property => property.Value)));
                    break;
                case ODataDeltaResourceSet all when reader.State == ODataReaderState.DeltaResourceSetEnd:
                    link = all.DeltaLink?.OriginalString;
                    break;
            }
        }
        return (rows, removed, link);
    }

    private sealed class Message(Reply reply) : IODataResponseMessage
    {
        public IEnumerable<KeyValuePair<string, string>> Headers => throw new NotSupportedException();

        public int StatusCode { get => reply.Status; set => throw new NotSupportedException(); }

        public string GetHeader(string headerName) => headerName switch
        {
            "Content-Type" => reply.Response.ContentType!,
            _ => reply.Header(headerName)!,
        };

        public void SetHeader(string headerName, string headerValue) => throw new NotSupportedException();

        public Stream GetStream() => new MemoryStream(Encoding.UTF8.GetBytes(reply.Body));
    }
}
