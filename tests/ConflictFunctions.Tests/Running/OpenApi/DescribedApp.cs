using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ConflictData.Api;

namespace ConflictFunctions.Tests.Running.OpenApi;

/// <summary>Tests that share it.</summary>
[CollectionDefinition(nameof(DescribedApp))]
public sealed class DescribedAppTests : ICollectionFixture<DescribedApp>;

/// <summary>An app of its own, whose answers are held against its own description.</summary>
public sealed class DescribedApp : IAsyncLifetime
{
    /// <summary>The headers that mean something to clients of the API; an answer has none of them that is not described.</summary>
    private static readonly string[] Telling =
    [
        "Conflict-Count", "Conflict-Release", "Conflict-Stale", "Content-Disposition", "Content-Range", "ETag", "Last-Modified", "Link", "Location",
        "OData-Version", "Preference-Applied", "Retry-After", "WWW-Authenticate",
    ];

    private readonly RunningApp app = new() { Settings = new() { ["AnonymousRead"] = "false" } };

    public HttpClient Admin => app.Admin;

    public HttpClient Anonymous => app.Anonymous;

    internal ApiDescription Description { get; private set; } = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        Description = await ApiDescription.Of(app.Anonymous);
        // The examples name it.
        await Call("tagRelease", "releases/1/tag", Text("""{"tag":"2022-Q1"}""", "application/json"));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    /// <summary>Ends when the app has logged a line.</summary>
    internal Task Line(string text) => app.Line(text);

    internal DescribedOperation Operation(string id) => Description.Operations.Single(operation => operation.Id == id);

    /// <summary>Sends a call; fails where the answer is not as the operation is described.</summary>
    internal async Task<(int Status, string Body)> Call(string operationId, string address, HttpContent? body = null, HttpClient? client = null, params (string Name, string Value)[] headers)
    {
        var (status, text, problem) = await Try(operationId, address, body, client, headers);
        Assert.True(problem is null, problem);
        return (status, text);
    }

    /// <summary>Sends a call and holds the answer against the description of the operation.</summary>
    /// <returns>Status, body, and what is not as it is described; null where all is.</returns>
    internal async Task<(int Status, string Body, string? Problem)> Try(string operationId, string address, HttpContent? body = null, HttpClient? client = null, params (string Name, string Value)[] headers)
    {
        var operation = Operation(operationId);
        using var request = new HttpRequestMessage(new HttpMethod(operation.Method.ToUpperInvariant()), address) { Content = body };
        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value) || request.Content!.Headers.TryAddWithoutValidation(name, value));
        }

        using var answer = await (client ?? Admin).SendAsync(request, Cancellation);
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        var problem = Problem(operation, answer, text);
        return ((int)answer.StatusCode, text, problem is null ? null : $"{operation} at {address}: {(int)answer.StatusCode} {problem}\n{text[..Math.Min(text.Length, 2000)]}");
    }

    private string? Problem(DescribedOperation operation, HttpResponseMessage answer, string text)
    {
        var described = Description.ResponseOf(operation, (int)answer.StatusCode);
        return described is null ? "is not described"
            : Undescribed(described, answer) is { } header ? $"has the header {header}, which is not described"
            : operation.Method == "head" ? (text.Length == 0 ? null : "has a body")
            : described["content"] is not JsonObject { Count: > 0 } contents ? (text.Length == 0 ? null : "has a body, which is not described")
            : OfBody(contents, answer.Content.Headers.ContentType, text) is { } problem ? problem
            : (int)answer.StatusCode >= 400 ? OfError(described, JsonNode.Parse(text)!) : null;
    }

    private static string? Undescribed(JsonNode described, HttpResponseMessage answer) =>
        answer.RequestMessage!.Method == HttpMethod.Head || answer.StatusCode is HttpStatusCode.NotModified or >= HttpStatusCode.BadRequest ? null
        : answer.Headers.Concat(answer.Content.Headers).Select(header => header.Key)
            .FirstOrDefault(name => Telling.Contains(name, StringComparer.OrdinalIgnoreCase) && described["headers"]?[name] is null);

    private string? OfBody(JsonObject contents, MediaTypeHeaderValue? type, string text)
    {
        if ((contents[type?.MediaType ?? ""] ?? contents["*/*"]) is not { } content)
        {
            return $"is {type}, which is not described";
        }

        return content["schema"] is { } schema && type!.MediaType!.EndsWith("json", StringComparison.Ordinal) && !type.MediaType.Contains("ndjson")
            ? Description.Problem(schema, JsonNode.Parse(text))
            : null;
    }

    /// <summary>The schema has the codes that an answer of this status may have; here it is seen that it is told by its meaning too.</summary>
    private static string? OfError(JsonNode described, JsonNode error)
    {
        var code = (string?)(error["error"] ?? error)["code"];
        var known = ErrorCode.All.SingleOrDefault(known => known.Name == code);
        return known is not null && ((string)described["description"]!).Contains($"`{code}` ({known.Status})") || error["status"] is JsonValue ? null : $"has the code {code}, which is not described";
    }

    internal static StringContent Text(string text, string mediaType) => new(text, Encoding.UTF8, mediaType);
}
