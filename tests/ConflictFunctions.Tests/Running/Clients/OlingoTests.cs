using System.Text.Json;

namespace ConflictFunctions.Tests.Running.Clients;

/// <summary>Apache Olingo's client for JavaScript, the npm package ts-odatajs: of 4.0, and with the model in its hand.</summary>
public sealed class OlingoTests(OlingoTests.Client client) : ForeignClientTests(client), IClassFixture<OlingoTests.Client>
{
    [Fact]
    public void It_reads_the_model_and_finds_the_sets_of_the_service_document_in_it()
    {
        Assert.Equal("ConflictData", client["model"].GetProperty("namespace").GetString());
        Assert.Equal(client["service"].GetRawText(), client["model"].GetProperty("sets").GetRawText());
    }

    [Theory]
    [InlineData("typed")]
    [InlineData("typedByFullMetadata")]
    public void It_knows_the_type_of_each_value(string question)
    {
        var row = client[question];

        Assert.Equal("#ConflictData.Casualty", row.GetProperty("@odata.type").GetString());
        Assert.EndsWith("/api/releases/1/odata/Casualties('hasaka-2022-killed-is')", row.GetProperty("@odata.id").GetString(), StringComparison.Ordinal);
        Assert.Equal(("#Int64", 374), (row.GetProperty("Low@odata.type").GetString(), row.GetProperty("Low").GetInt32()));
        Assert.Equal(("#Date", "2022-01-20"), (row.GetProperty("StartDate@odata.type").GetString(), row.GetProperty("StartDate").GetString()));
        Assert.Equal("#DateTimeOffset", row.GetProperty("ModifiedAt@odata.type").GetString());
    }

    [Fact]
    public void It_sends_batches() => Answers("multipartBatch", """
        [
          {"status": 200, "body": {"Name": "al-Hasaka"}},
          {"status": 200, "body": {"value": [{"Id": "abu-hardub-repentance"}]}},
          {"status": 404, "body": {"error": {"code": "notFound", "message": "Places has no record nowhere in release 1.", "target": "path"}}}
        ]
        """);

    [Fact]
    public void It_reads_a_bare_count() => Assert.Equal("86", client["bareCount"].GetString());

    [Theory]
    [InlineData("malformed", 400, "badQuery")]
    [InlineData("missing", 404, "notFound")]
    [InlineData("withWrongKey", 401, "unauthenticated")]
    [InlineData("written", 501, "notSupported")]
    [InlineData("deleted", 501, "notSupported")]
    public void It_gets_status_and_code_of_an_error(string question, int status, string code) =>
        Assert.Equal((status, code), (client[question].GetProperty("status").GetInt32(), client[question].GetProperty("code").GetString()));

    public sealed class Client(RunningApp app) : ForeignClient(app, "olingo.mjs");
}
