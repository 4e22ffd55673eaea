using System.Text.Json.Nodes;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Batch;

public sealed class JsonBatchTests : IAsyncLifetime
{
    private readonly Server server = new(new Settings { PageSize = 2 });

    [Theory]
    [InlineData("Casualties('a')?$select=Id")]
    [InlineData("/api/odata/Casualties('a')?$select=Id")]
    [InlineData("https://data.example/api/odata/Casualties('a')?$select=Id")]
    public async Task Each_request_is_answered_as_if_it_had_come_alone(string url)
    {
        var alone = await server.Get("Casualties('a')?$select=Id");
        var reply = await Send(Request("1", url), Request("2", "Casualties/$count"), Request("3", "$metadata"));

        Assert.Equal((200, "application/json", "4.01", "1"), (reply.Status, reply.Response.ContentType, reply.Header("OData-Version"), reply.Header("Conflict-Release")));
        var (first, second, third) = (Answer(reply, 0), Answer(reply, 1), Answer(reply, 2));
        Assert.Equal(("1", 200, alone.Header("ETag")), ((string?)first["id"], (int)first["status"]!, (string?)first["headers"]!["etag"]));
        Assert.Equal(alone.Json.ToJsonString(), first["body"]!.ToJsonString());
        Assert.Equal("3", (string?)second["body"]);
        Assert.Equal("application/xml", (string?)third["headers"]!["content-type"]);
    }

    [Fact]
    public async Task Headers_of_a_request_are_its_own()
    {
        var tag = (await server.Get("Casualties('a')")).Header("ETag")!.Replace("\"", "\\\"");
        var reply = await Send(
            $$$"""{"id":"1","method":"get","url":"Casualties('a')","headers":{"If-None-Match":"{{{tag}}}"}}""",
            """{"id":"2","method":"GET","url":"Casualties?$select=Id","headers":{"accept":"text/csv","odata-maxversion":"4.0"}}""");

        Assert.Equal((304, null), ((int)Answer(reply, 0)["status"]!, Answer(reply, 0)["body"]));
        Assert.Equal(("Id\r\na\r\nb\r\n", "4.0"), ((string?)Answer(reply, 1)["body"], (string?)Answer(reply, 1)["headers"]!["odata-version"]));
        Assert.StartsWith("<https://data.example/api/odata/Casualties?", (string?)Answer(reply, 1)["headers"]!["link"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_requests_read_one_release()
    {
        server.CommitElsewhere(Casualty("d"));
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        var reply = await Send(Request("1", "Casualties/$count"), Request("2", "Casualties?$count=true&$top=0"));

        Assert.Equal("2", reply.Header("Conflict-Release"));
        Assert.All(reply.Json["responses"]!.AsArray(), answer => Assert.Equal("2", (string?)answer!["headers"]!["conflict-release"]));
        Assert.Equal(("4", 4), ((string?)Answer(reply, 0)["body"], (int)Answer(reply, 1)["body"]!["@odata.count"]!));
    }

    [Fact]
    public async Task Under_a_release_root_that_release_is_read_and_links_stay_there()
    {
        server.Commit(Casualty("d"));
        var reply = await server.Batch("application/json", Batch(Request("1", "/api/releases/1/odata/Casualties"), Request("2", "Casualties/$count")), "1");

        Assert.StartsWith("https://data.example/api/releases/1/odata/Casualties?$skiptoken=", (string?)Answer(reply, 0)["body"]!["@odata.nextLink"], StringComparison.Ordinal);
        Assert.Equal("3", (string?)Answer(reply, 1)["body"]);
    }

    [Fact]
    public async Task The_first_error_ends_a_batch_unless_it_says_otherwise()
    {
        string[] requests = [Request("1", "Nowhere"), Request("2", "Casualties/$count"), """{"id":"3","method":"get","url":"Casualties","dependsOn":["1"]}"""];
        var (ended, whole) = (await Send(requests), await server.Batch("application/json", Batch(requests), null, ("Prefer", "continue-on-error")));

        Assert.Equal(404, (int)Assert.Single(ended.Json["responses"]!.AsArray())!["status"]!);
        Assert.Equal([404, 200, 424], whole.Json["responses"]!.AsArray().Select(answer => (int)answer!["status"]!));
        Assert.Equal("continue-on-error", whole.Header("Preference-Applied"));
        Assert.Equal("failedDependency", (string?)Answer(whole, 2)["body"]!["error"]!["code"]);
    }

    [Fact]
    public async Task What_is_not_a_read_of_this_service_is_refused_in_its_place()
    {
        string[] requests =
        [
            """{"id":"1","method":"POST","url":"Casualties","body":{"Id":"x"}}""", """{"id":"2","method":"get","url":"$batch"}""",
            Request("3", "https://elsewhere.example/api/odata/Casualties"), Request("4", "/api/releases/1/odata/Casualties"),
            """{"id":"5","method":"get","url":"$1/Id"}""", """{"id":"6","method":"get","url":"Casualties","if":"$1/Id eq 'a'"}""",
            """{"id":"7","method":"get","url":"Casualties/$count","atomicityGroup":"g"}""",
        ];
        var reply = await server.Batch("application/json", Batch(requests), null, ("Prefer", "odata.continue-on-error=true"));

        Assert.Equal([501, 501, 400, 400, 501, 501, 200], reply.Json["responses"]!.AsArray().Select(answer => (int)answer!["status"]!));
        Assert.Equal("g", (string?)Answer(reply, 6)["atomicityGroup"]);
        Assert.Equal(3, (await server.Get("Casualties/$count")).Json.GetValue<int>());
    }

    [Fact]
    public async Task A_query_in_a_body_is_carried_out()
    {
        var alone = await server.Post("Casualties/$query", "text/plain", "$filter=Id ne 'b'&$select=Id");
        var reply = await server.Batch("application/json", Batch(
            Query("1", """ "content-type":"text/plain" """, "\"$filter=Id ne 'b'&$select=Id\""), Query("2", """ "Content-Type":"text/plain;charset=utf-8" """, "\"$nope=1\""),
            Query("3", """ "content-type":"application/json" """, """{"$top":1}"""), Query("4", """ "content-type":"text/plain","content-encoding":"gzip" """, "\"x\"")), null, ("Prefer", "continue-on-error"));

        Assert.Equal([200, 400, 415, 415], reply.Json["responses"]!.AsArray().Select(answer => (int)answer!["status"]!));
        Assert.Equal(alone.Json["value"]!.ToJsonString(), Answer(reply, 0)["body"]!["value"]!.ToJsonString());
        Assert.Equal(["a", "c"], alone.Ids);

        static string Query(string id, string headers, string body) =>
            $$"""{"id":"{{id}}","method":"post","url":"Casualties/$query","headers":{ {{headers}} },"body":{{body}} }""";
    }

    [Fact]
    public async Task A_batch_that_is_packed_is_not_read() =>
        Assert.Equal((415, "Content-Encoding"), await server.Batch("application/json", "x", null, ("Content-Encoding", "gzip")) is var reply ? (reply.Status, (string?)reply.Json["error"]!["target"]) : default);

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"requests":[{"id":1,"method":"get","url":"x"}]}""")]
    [InlineData("""{"requests":[{"id":"1","method":"get"}]}""")]
    [InlineData("""{"requests":[{"id":"1","method":"get","url":"x","body":"\ud800"}]}""")]
    [InlineData("""{"requests":[{"id":"\ud800","method":"get","url":"x"}]}""")]
    [InlineData("""{"requests":[{"id":"1","method":"get","url":"x"},{"id":"1","method":"get","url":"x"}]}""")]
    [InlineData("""{"requests":[{"id":"1","method":"get","url":"x","dependsOn":["2"]}]}""")]
    [InlineData("""{"requests":[{"id":"1","method":"get","url":"x","dependsOn":"1"}]}""")]
    [InlineData("""{"requests":[{"id":"1","method":"get","url":"x"},{"id":"2","method":"get","url":"x","dependsOn":[1]}]}""")]
    [InlineData("""{"requests":[{"id":"1","method":"get","url":"x","atomicityGroup":1}]}""")]
    [InlineData("""{"requests":[{"id":"1","method":"get","url":"x","atomicityGroup":"2"},{"id":"2","method":"get","url":"x"}]}""")]
    [InlineData("""{"requests":[{"id":"1","method":"get","url":"x","atomicityGroup":"g"},{"id":"2","method":"get","url":"x"},{"id":"3","method":"get","url":"x","atomicityGroup":"g"}]}""")]
    [InlineData("""{"requests":[{"id":"1","method":"get","url":"x","headers":["accept"]}]}""")]
    public async Task A_batch_that_cannot_be_read_is_400_as_a_whole(string body) =>
        Assert.Equal((400, "badRequest"), ((await server.Batch("application/json", body)).Status, (await server.Batch("application/json", body)).ErrorCode));

    [Fact]
    public async Task A_batch_has_its_limits()
    {
        Assert.Equal(200, (await Send([.. Enumerable.Range(0, 100).Select(number => Request($"{number}", "Casualties/$count"))])).Status);
        Assert.Equal(400, (await Send([.. Enumerable.Range(0, 101).Select(number => Request($"{number}", "Casualties/$count"))])).Status);
        Assert.Equal(400, (await server.Batch("application/json", Batch(Request("1", new string('x', 1 << 20))))).Status);
        Assert.Equal("unsupportedMediaType", (await server.Batch("text/plain", "")).ErrorCode);
        Assert.Equal("notAcceptable", (await server.Batch("application/json", Batch(), null, ("Accept", "text/csv"))).ErrorCode);
        Assert.Equal("notSupported", (await server.Get("$batch")).ErrorCode);
    }

    public ValueTask InitializeAsync()
    {
        server.Commit(Casualty("a"), Casualty("b"), Casualty("c"));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private Task<Reply> Send(params string[] requests) => server.Batch("application/json", Batch(requests));

    private static string Batch(params string[] requests) => $"{{\"requests\":[{string.Join(',', requests)}]}}";

    private static string Request(string id, string url) => new JsonObject { ["id"] = id, ["method"] = "get", ["url"] = url }.ToJsonString();

    private static JsonNode Answer(Reply reply, int place) => reply.Json["responses"]![place]!;
}
