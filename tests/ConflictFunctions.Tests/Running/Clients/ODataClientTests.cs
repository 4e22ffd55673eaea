namespace ConflictFunctions.Tests.Running.Clients;

/// <summary>The npm package @odata/client.</summary>
public sealed class ODataClientTests(ODataClientTests.Client client) : ForeignClientTests(client), IClassFixture<ODataClientTests.Client>
{
    private const string Batch = """
        [
          {"status": 200, "body": {"Name": "al-Hasaka"}},
          {"status": 200, "body": {"value": [{"Id": "abu-hardub-repentance"}]}},
          {"status": 404, "body": {"error": {"code": "notFound", "message": "Places has no record nowhere in release 1.", "target": "path"}}}
        ]
        """;

    [Fact]
    public void It_sends_batches_as_JSON() => Answers("jsonBatch", Batch);

    [Fact]
    public void It_sends_batches_as_multipart_and_reads_them_as_a_client_of_4_0() => Answers("multipartBatch", Batch);

    [Fact]
    public void It_cannot_read_the_JSON_that_its_multipart_batches_ask_for() =>
        Assert.Equal("multipartBody.split is not a function", client["multipartBatchAskingForJson"].GetProperty("message").GetString());

    [Fact]
    public void It_reads_a_bare_count() => Assert.Equal("86", client["bareCount"].GetString());

    [Fact]
    public void It_groups() => Answers("byOutcome", """
        [{"Outcome": "abducted", "Claims": 1}, {"Outcome": "displaced", "Claims": 4}, {"Outcome": "injured", "Claims": 1}, {"Outcome": "killed", "Claims": 12}]
        """);

    [Fact]
    public void It_shows_its_key_as_a_password() => Assert.Equal(86, client["withPassword"].GetInt32());

    [Fact]
    public void It_gets_the_code_of_an_error() => Assert.Equal(("badQuery", "$filter"), (Text("malformed", "code"), Text("malformed", "target")));

    [Fact]
    public void Its_fuzzy_search_looks_for_the_wildcards_that_it_adds() => Answers("fuzzySearch", "[]");

    private string? Text(string question, string member) => client[question].GetProperty(member).GetString();

    public sealed class Client(RunningApp app) : ForeignClient(app, "odata-client.mjs");
}
