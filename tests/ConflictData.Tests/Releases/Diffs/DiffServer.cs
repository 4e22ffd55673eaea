using System.Text;
using System.Text.Json;
using ConflictData.Access;
using ConflictData.Api;
using ConflictData.Query;
using ConflictData.Releases;
using ConflictData.Tests.Query;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ConflictData.Tests.Releases.Diffs;

/// <summary>Diffs and histories over a real engine, asked with real HTTP contexts but without a network.</summary>
internal sealed class DiffServer : IAsyncDisposable
{
    private static readonly ServiceProvider Services = new ServiceCollection().AddLogging().BuildServiceProvider();

    private readonly TestLog log = new();
    private readonly Engine engine = EngineReading.NewEngine();
    private readonly ReleaseFollower follower;

    public DiffServer() => follower = new(new LogReader(log), engine, new(), TimeProvider.System);

    public void Commit(params IEnumerable<Revision> revisions) => engine.Apply([log.Add(revisions)], CancellationToken.None);

    public async Task<JsonElement> Diff(string from, string to, string query = "") => JsonElement.Parse(await Text(from, to, query));

    public async Task<string> Text(string from, string to, string query)
    {
        var (status, body) = await Ask(from, to, query);
        Assert.True(status == 200, body);
        return body;
    }

    public Task<(int Status, string Body)> Ask(string from, string to, string query) =>
        Answer(query, new DiffAnswers(engine, follower, TimeProvider.System).Diff, from, to);

    public Task<(int Status, string Body)> History(string dataset, string id, string query = "") =>
        Answer(query, new HistoryAnswers(engine, follower).History, dataset, id);

    public async ValueTask DisposeAsync()
    {
        follower.Dispose();
        await engine.DisposeAsync();
    }

    private static async Task<(int Status, string Body)> Answer(string query, Func<ApiCall, string, string, Task<IResult>> ask, string first, string second)
    {
        using var body = new MemoryStream();
        var http = new DefaultHttpContext { RequestServices = Services };
        http.Response.Body = body;
        http.Request.QueryString = new(query);
        var result = await ask(new(http.Request, Caller.Anonymous(mayRead: true), new(new("https://data.example/api/"))), first, second);
        await result.ExecuteAsync(http);
        return (http.Response.StatusCode, Encoding.UTF8.GetString(body.ToArray()));
    }
}

/// <summary>A store that has what a log has.</summary>
file sealed class LogReader(TestLog log) : IReleaseReader
{
    public Task<Commit?> Head(CancellationToken cancellation) => Task.FromResult(log.Commits.LastOrDefault()?.Commit);

    public IAsyncEnumerable<Commit> CommitsAfter(int release, CancellationToken cancellation) =>
        log.Commits.Skip(release).Select(item => item.Commit).ToAsyncEnumerable();

    public Task<CommittedRevisions> Revisions(Commit commit, Redactions redactions, CancellationToken cancellation) => Task.FromResult(log.Read(commit, redactions));

    public IAsyncEnumerable<TagMove> TagMovesAfter(int version, CancellationToken cancellation) => log.Tags.Moves.Skip(version).ToAsyncEnumerable();
}
