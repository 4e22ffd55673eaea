using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using ConflictData.OData;
using ConflictData.Query;
using ConflictData.Releases;
using ConflictData.Tests.Query;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ConflictData.Tests.OData;

/// <summary>The feed over a real engine, asked with real HTTP contexts but without a network.</summary>
internal sealed class Server : IAsyncDisposable
{
    public const string Root = "https://data.example/api/odata";

    private readonly TestLog log;
    private readonly ReleaseFollower follower;
    private bool stopped;

    /// <param name="settings">
    /// Null = those of an app, but an engine of one thread: tables of this size are never divided among threads, and several tests run at once.
    /// </param>
    /// <param name="log">The store; null = an empty one.</param>
    /// <param name="checkpoints">Where a cold start looks first; null = nowhere.</param>
    public Server(Settings? settings = null, TestLog? log = null, CheckpointReader? checkpoints = null)
    {
        this.log = log ?? new();
        Settings = settings ?? new() { EngineThreads = 1 };
        Engine = new Engine(Settings, Clock);
        follower = new ReleaseFollower(new LogStore(this.log), Engine, Settings, Clock, checkpoints);
        Tokens = new PageTokens(Settings, Clock);
        Service = new ODataService(Engine, follower, Tokens, Settings, Clock, NullLogger<ODataService>.Instance);
    }

    public Settings Settings { get; }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 2, 1, 10, 30, 0, TimeSpan.Zero));

    public Engine Engine { get; }

    public PageTokens Tokens { get; }

    public ODataService Service { get; }

    /// <summary>Commits a release here.</summary>
    public void Commit(params IEnumerable<Revision> revisions) => Engine.Apply([log.Add(revisions)], CancellationToken.None);

    /// <summary>Commits a release here at a time of its own.</summary>
    public void CommitAt(DateTimeOffset at, params IEnumerable<Revision> revisions) => Engine.Apply([log.Add(revisions, at)], CancellationToken.None);

    /// <summary>Commits a release in the store alone, as another instance does.</summary>
    public void CommitElsewhere(params IEnumerable<Revision> revisions) => log.Add(revisions);

    /// <summary>Moves a tag here; null takes it away.</summary>
    public void Tag(string tag, int? release) => Engine.MoveTags([log.Tag(tag, release)]);

    /// <summary>Moves a tag in the store alone, as another instance does.</summary>
    public void TagElsewhere(string tag, int? release) => log.Tag(tag, release);

    /// <summary>Asks for a path and query under the root, or for a whole next link.</summary>
    public Task<Reply> Get(string address, string? release = null, string? keyId = null, string method = "GET", params (string Name, string Value)[] headers) =>
        Send(address, release, keyId, method, headers, TestContext.Current.CancellationToken);

    /// <summary>Asks as <see cref="Get"/> does and is gone before there is an answer.</summary>
    public async Task Leave(string address, params (string Name, string Value)[] headers)
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Send(address, null, null, "GET", headers, gone.Token));
    }

    /// <summary>Posts a batch to the root, or to that of a release.</summary>
    public Task<Reply> Batch(string contentType, string body, string? release = null, params (string Name, string Value)[] headers) =>
        Post("$batch", contentType, body, release, headers);

    /// <summary>Posts a text to a path under the root.</summary>
    public Task<Reply> Post(string address, string contentType, string body, params (string Name, string Value)[] headers) =>
        Post(address, contentType, body, null, headers);

    /// <summary>The same with bytes that need be no text.</summary>
    public Task<Reply> Post(string address, string contentType, byte[] body) => Post(address, contentType, body, null, []);

    private Task<Reply> Post(string address, string contentType, string body, string? release, (string Name, string Value)[] headers) =>
        Post(address, contentType, Encoding.UTF8.GetBytes(body), release, headers);

    private async Task<Reply> Post(string address, string contentType, byte[] body, string? release, (string Name, string Value)[] headers)
    {
        var http = new DefaultHttpContext();
        var answer = new MemoryStream();
        http.Response.Body = answer;
        (http.Request.Method, http.Request.Host, http.Request.ContentType) = ("POST", new("data.example"), contentType);
        http.Request.Body = new MemoryStream(body);
        var (path, query) = address.Split('?', 2) is [var before, var after] ? (before, "?" + after) : (address, "");
        http.Request.QueryString = new QueryString(query);
        foreach (var (name, value) in headers)
        {
            http.Request.Headers[name] = value;
        }
        var root = release is null ? Root : $"https://data.example/api/releases/{release}/odata";
        await Service.Handle(http, new(path, release, new(root)), TestContext.Current.CancellationToken);
        return Reply.Of(http.Response, answer.ToArray());
    }

    /// <summary>The ids of every page, following next links.</summary>
    public async Task<List<string>> ReadAll(string address, string? release = null, Action? betweenPages = null, params (string Name, string Value)[] headers)
    {
        var ids = new List<string>();
        for (string? next = address; next is not null; betweenPages?.Invoke())
        {
            var reply = await Get(next, release, headers: headers);
            Assert.True(reply.Status == 200, $"{next}: {reply.Body}");
            var page = reply.Json;
            ids.AddRange(page["value"]!.AsArray().Select(row => row!["Id"]!.GetValue<string>()));
            next = page["@odata.nextLink"]?.GetValue<string>();
        }
        return ids;
    }

    /// <summary>From here on whoever asks the engine fails: what is still answered is answered without it.</summary>
    public async Task StopEngine()
    {
        stopped = true;
        Service.Dispose();
        await Engine.DisposeAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => Get("Casualties/$count?$filter=contains(Id,'nobody asks this twice')"));
    }

    public async ValueTask DisposeAsync()
    {
        follower.Dispose();
        if (!stopped)
        {
            Service.Dispose();
            await Engine.DisposeAsync();
        }
    }

    private async Task<Reply> Send(
        string address, string? release, string? keyId, string method, (string Name, string Value)[] headers, CancellationToken cancellation)
    {
        var root = release is null ? Root : $"https://data.example/api/releases/{release}/odata";
        var relative = address.StartsWith(root, StringComparison.Ordinal) ? address[root.Length..].TrimStart('/') : address;
        var (path, query) = relative.Split('?', 2) is [var before, var after] ? (before, "?" + after) : (relative, "");
        var http = new DefaultHttpContext();
        var body = new MemoryStream();
        http.Response.Body = body;
        http.Request.Method = method;
        http.Request.QueryString = new QueryString(query);
        foreach (var (name, value) in headers)
        {
            http.Request.Headers[name] = value;
        }
        await Service.Handle(http, new(Uri.UnescapeDataString(path), release, new(root), keyId, keyId is null ? null : "owner-" + keyId), cancellation);
        return Reply.Of(http.Response, body.ToArray());
    }
}

/// <param name="Response">Status and headers.</param>
/// <param name="Sent">The body as it was sent.</param>
/// <param name="Body">The body as text.</param>
internal sealed record Reply(HttpResponse Response, byte[] Sent, string Body)
{
    public static Reply Of(HttpResponse response, byte[] sent)
    {
        using Stream body = response.Headers.ContentEncoding == "gzip" && sent.Length > 0
            ? new GZipStream(new MemoryStream(sent), CompressionMode.Decompress)
            : new MemoryStream(sent);
        return new(response, sent, new StreamReader(body, Encoding.UTF8).ReadToEnd());
    }

    public int Status => Response.StatusCode;

    public JsonNode Json => JsonNode.Parse(Body)!;

    public string? NextLink => Json["@odata.nextLink"]?.GetValue<string>();

    public string? DeltaLink => Json["@odata.deltaLink"]?.GetValue<string>();

    public string? ErrorCode => Json["error"]?["code"]?.GetValue<string>();

    public IReadOnlyList<string> Ids => [.. Json["value"]!.AsArray().Select(row => row!["Id"]!.GetValue<string>())];

    public string? Header(string name) => Response.Headers.TryGetValue(name, out var value) ? value.ToString() : null;
}
