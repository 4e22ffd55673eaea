using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.Query;
using ConflictData.Releases;
using ConflictData.Storage;
using ConflictData.Submissions;
using ConflictData.Tests.Faults;
using Microsoft.Extensions.Logging;

namespace ConflictData.Tests.Submissions;

/// <summary>One instance of the app as far as submissions go: its own engine on storage that it may share with others.</summary>
internal sealed class Instance : IAsyncDisposable
{
    private readonly ReleaseFollower follower;
    private readonly bool borrows;

    /// <param name="connectionString">The storage.</param>
    /// <param name="prefix">Prefix of the store.</param>
    /// <param name="clock">What it takes for the time; null = the time.</param>
    /// <param name="other">An instance whose engine it is to use; null = it has its own.</param>
    /// <param name="inboxRows">Most rows of a file of the inbox.</param>
    /// <param name="rows">Room for rows that are checked; null = as much as an app has.</param>
    /// <param name="engineMemory">What its engine may take; empty = as much as that of an app. It has one thread where that is not said.</param>
    public Instance(
        string connectionString, string prefix, TimeProvider? clock = null, Instance? other = null, int inboxRows = 500_000, RowRoom? rows = null, string engineMemory = "")
    {
        clock ??= TimeProvider.System;
        rows ??= new RowRoom();
        var settings = new Settings { AzureWebJobsStorage = connectionString, StoragePrefix = prefix, InboxRows = inboxRows, EngineMemory = engineMemory, EngineThreads = engineMemory.Length > 0 ? 0 : 1 };
        var account = new StorageAccount(settings, ShortPauses.Between);
        borrows = other is not null;
        Engine = other?.Engine ?? new Engine(settings, clock);
        Store = new TableReleaseStore(account, clock);
        Log = new SubmissionLog(account, settings, clock);
        follower = other?.follower ?? new ReleaseFollower(Store, Engine, settings, clock);
        LongOnes = new LongSubmissions(Store, Log, Engine, follower, rows, clock, LongLog);
        Service = new SubmissionService(Store, Log, Engine, follower, LongOnes, rows, clock);
        InboxLog = new InboxLog();
        Inbox = new InboxRound(new InboxFiles(account, clock), Service, Log, Store, settings, clock, InboxLog);
    }

    public Engine Engine { get; }

    public TableReleaseStore Store { get; }

    public SubmissionLog Log { get; }

    public LongSubmissions LongOnes { get; }

    public LongLog LongLog { get; } = new();

    public SubmissionService Service { get; }

    public InboxRound Inbox { get; }

    public InboxLog InboxLog { get; }

    /// <summary>An instance on an empty store.</summary>
    public static async Task<Instance> Start(string connectionString, string prefix)
    {
        var instance = new Instance(connectionString, prefix);
        await instance.Store.EnsureCreated(TestContext.Current.CancellationToken);
        return instance;
    }

    public async ValueTask DisposeAsync()
    {
        await LongOnes.StopAsync(CancellationToken.None);
        if (!borrows)
        {
            follower.Dispose();
            await Engine.DisposeAsync();
        }
    }

    public Task<Result<SubmissionAnswer>> Send(string dataset, string text, Func<SubmissionRequest, SubmissionRequest>? with = null)
    {
        var request = new SubmissionRequest
        {
            Owner = "partner",
            Dataset = Catalog.Get(dataset),
            ContentType = text.StartsWith('[') ? "application/json" : "text/csv",
            Body = new MemoryStream(Encoding.UTF8.GetBytes(text)),
        };
        return Service.Submit(with is null ? request : with(request), TestContext.Current.CancellationToken);
    }

    /// <summary>The report of a submission, which must be answered with that status.</summary>
    public async Task<JsonElement> Report(int status, string dataset, string text, Func<SubmissionRequest, SubmissionRequest>? with = null)
    {
        var answer = await Send(dataset, text, with);
        Assert.Null(answer.Error);
        Assert.Equal(status, answer.Value!.Status);
        return JsonDocument.Parse(answer.Value.Body).RootElement;
    }

    /// <summary>What a promised submission came to, once it has come to that.</summary>
    public async Task<SubmissionAnswer> Outcome(string submissionId)
    {
        while (true)
        {
            var status = await Log.Find(submissionId, TestContext.Current.CancellationToken);
            if (status!.Answer is { } answer)
            {
                return answer;
            }
        }
    }

    public async Task<int> Releases()
    {
        await follower.AtLeast((await Store.Head(TestContext.Current.CancellationToken))?.Release ?? 1, TestContext.Current.CancellationToken);
        return Engine.History.Commits.Count;
    }

    /// <summary>Id, Name and release of every revision of a dataset, in order.</summary>
    public async Task<List<(long Sequence, string Id, string Name, int Release)>> Revisions(string dataset)
    {
        await Releases();
        return (await Engine.Session(connection =>
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT _seq, \"Id\", \"Name\", _from FROM \"{dataset}\" ORDER BY _seq";
            using var rows = command.ExecuteReader();
            List<(long, string, string, int)> list = [];
            while (rows.Read())
            {
                list.Add((rows.GetInt64(0), rows.GetString(1), rows.GetString(2), rows.GetInt32(3)));
            }

            return list;
        }, TestContext.Current.CancellationToken)).Value!;
    }
}

/// <summary>Keeps and shows what stands in the way of promised submissions, which nobody else is told.</summary>
internal sealed class LongLog : ILogger<LongSubmissions>
{
    public ConcurrentQueue<(LogLevel Level, string Text)> Lines { get; } = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        Lines.Enqueue((logLevel, formatter(state, exception)));
        TestContext.Current.TestOutputHelper?.WriteLine($"{formatter(state, exception)} {exception}");
    }
}
