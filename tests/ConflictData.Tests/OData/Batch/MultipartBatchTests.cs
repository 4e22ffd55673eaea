using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Batch;

public sealed partial class MultipartBatchTests : IAsyncLifetime
{
    private const string Type = "multipart/mixed;boundary=\"b 1\"";

    private readonly Server server = new();

    [Fact]
    public async Task Parts_are_requests_and_come_back_as_answers()
    {
        var reply = await server.Batch(Type, Body(
            Part("GET Casualties('a')?$select=Id HTTP/1.1\r\nAccept: application/json;metadata=none\r\n\r\n", "Content-ID: one\r\n"),
            Part("GET /api/odata/Casualties/$count HTTP/1.1\r\nHost: data.example\r\n\r\n"),
            Part("GET https://data.example/api/odata/Casualties?$filter=Id%20eq%20'b'&$select=Id&$format=csv HTTP/1.1\r\n\r\n")));
        var parts = await Parts(reply);

        Assert.Equal((200, "4.01", "1"), (reply.Status, reply.Header("OData-Version"), reply.Header("Conflict-Release")));
        Assert.Equal(3, parts.Count);
        Assert.Equal("one", parts[0].Id);
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", parts[0].Text, StringComparison.Ordinal);
        Assert.EndsWith("\r\nContent-Length: 10\r\n\r\n{\"Id\":\"a\"}", parts[0].Text, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n2", parts[1].Text, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nId\r\nb\r\n", parts[2].Text, StringComparison.Ordinal);
        Assert.Contains("Conflict-Release: 1\r\n", parts[2].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_in_a_body_is_carried_out()
    {
        var reply = await server.Batch(Type, Body(
            Part("POST Casualties/$query HTTP/1.1\r\nContent-Type: text/plain\r\n\r\n$filter=Id eq 'b'&$select=Id&$format=csv"), Part("POST Casualties/$query HTTP/1.1\r\nContent-Type: text/plain\r\n\r\n$nope=1\r\n")));
        var parts = await Parts(reply);

        Assert.EndsWith("\r\n\r\nId\r\nb\r\n", parts[0].Text, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 400", parts[1].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET Casualties/$count?$filter=Additive and Low gt 100 HTTP/1.1")]
    [InlineData("GET Casualties/$count?$filter=Additive and")]
    [InlineData("GET  Casualties/$count HTTP/1.1")]
    public async Task An_address_is_never_cut_at_a_blank(string line)
    {
        var reply = await server.Batch(Type, Body(Part("GET Casualties HTTP/1.1\r\n\r\n"), Part(line + "\r\n\r\n")));

        Assert.Equal((400, "badRequest"), (reply.Status, reply.ErrorCode));
        Assert.Contains("part 2", (string)reply.Json["error"]!["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writes_and_change_sets_are_501_in_their_place()
    {
        var changes = "--b 1\r\nContent-Type: multipart/mixed;boundary=c\r\n\r\n--c\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\nContent-ID: 1\r\n\r\nPOST Casualties HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{}\r\n--c--\r\n";
        var reply = await server.Batch(Type, Body(changes, Part("DELETE Casualties('a') HTTP/1.1\r\n\r\n"), Part("GET Casualties/$count HTTP/1.1\r\n\r\n")), null, ("Prefer", "continue-on-error"));

        Assert.Equal(["501", "501", "200"], (await Parts(reply)).Select(part => part.Text[9..12]));
    }

    [Fact]
    public async Task The_first_error_ends_it()
    {
        var reply = await server.Batch(Type, Body(Part("GET Nowhere HTTP/1.1\r\n\r\n"), Part("GET Casualties HTTP/1.1\r\n\r\n")));

        Assert.StartsWith("HTTP/1.1 404 Not Found", Assert.Single(await Parts(reply)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_may_have_the_answers_as_JSON()
    {
        var reply = await server.Batch(Type, Body(Part("GET Casualties/$count HTTP/1.1\r\n\r\n")), null, ("Accept", "application/json"));

        Assert.Equal("""{"responses":[{"id":"1","status":200,""", reply.Body[..37]);
    }

    [Theory]
    [InlineData("multipart/mixed", "")]
    [InlineData(Type, "nothing")]
    [InlineData(Type, "--b 1\r\nContent-Type: text/plain\r\n\r\nx\r\n--b 1--\r\n")]
    [InlineData(Type, "--b 1\r\nContent-Type: application/http\r\n\r\nGET\r\n\r\n--b 1--\r\n")]
    public async Task A_batch_that_cannot_be_read_is_400_as_a_whole(string type, string body) =>
        Assert.Equal("badRequest", (await server.Batch(type, body)).ErrorCode);

    [Fact]
    public async Task A_part_that_is_no_text_is_400_as_a_whole()
    {
        byte[] body = [.. Encoding.ASCII.GetBytes("--b 1\r\nContent-Type: application/http\r\n\r\nPOST Casualties/$query HTTP/1.1\r\nContent-Type: text/plain\r\n\r\n"), 0xff, .. Encoding.ASCII.GetBytes("\r\n--b 1--\r\n")];

        Assert.Equal("badRequest", (await server.Post("$batch", Type, body)).ErrorCode);
    }

    public ValueTask InitializeAsync()
    {
        server.Commit(Casualty("a"), Casualty("b"));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private static string Body(params string[] parts) => string.Concat(parts) + "--b 1--\r\n";

    private static string Part(string request, string headers = "") =>
        $"--b 1\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n{headers}\r\n{request}\r\n";

    private static async Task<List<(string Id, string Text)>> Parts(Reply reply)
    {
        var boundary = Boundary().Match(reply.Response.ContentType!).Groups[1].Value;
        var reader = new MultipartReader(boundary, new MemoryStream(Encoding.UTF8.GetBytes(reply.Body)));
        var parts = new List<(string, string)>();
        while (await reader.ReadNextSectionAsync(TestContext.Current.CancellationToken) is { } section)
        {
            Assert.Equal("application/http", section.ContentType);
            var text = await new StreamReader(section.Body).ReadToEndAsync(TestContext.Current.CancellationToken);
            parts.Add((section.Headers!.GetValueOrDefault("Content-ID").ToString(), text));
        }
        return parts;
    }

    [GeneratedRegex("^multipart/mixed;boundary=(batchresponse_[0-9a-f]{32})$")]
    private static partial Regex Boundary();
}
