using System.Text;
using ConflictData.Datasets;
using ConflictData.Query;
using ConflictData.Releases;
using ConflictData.Snapshots;
using ConflictData.Storage;
using ConflictData.Tests.OData;
using ConflictData.Tests.Query;
using ConflictData.Tests.Views;
using Microsoft.Extensions.Logging;

namespace ConflictData.Tests.Releases;

/// <summary>A log, a real store for its checkpoints, and instances that start cold from both.</summary>
internal sealed class CheckpointScene
{
    /// <summary>The same for all instances, so that their links are the same.</summary>
    private static readonly Settings Settings = new() { TokenSecrets = "a:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", PageSize = 7 };

    private readonly string prefix;

    public CheckpointScene(AzuriteFixture azurite)
    {
        prefix = azurite.NewPrefix();
        Account = AccountAt(azurite.ConnectionString);
        Store = new(Account);
    }

    public StorageAccount Account { get; }

    public CheckpointStore Store { get; }

    public TestLog Log { get; private set; } = new();

    /// <summary>What instances have logged of checkpoints.</summary>
    public LogLines<CheckpointReader> Lines { get; private set; } = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>An empty container of checkpoints, and a log of random releases; without a seed it is empty.</summary>
    public async Task Begin(int? seed = null)
    {
        (Log, Lines) = (new(), new());
        if (seed is { } given)
        {
            new RandomHistory(given).Commits.ForEach(revisions => Log.Add(revisions));
        }

        await Account.Container("checkpoints").CreateIfNotExistsAsync(cancellationToken: Cancellation);
        await DeleteBlobs();
    }

    /// <summary>Makes the checkpoint of a release, in an engine that may hold later ones; true when this call made it.</summary>
    public async Task<bool> Write(int release, int head = 0)
    {
        await using var engine = EngineReading.NewEngine();
        engine.Apply([.. Log.Commits.Take(Math.Max(release, head))], Cancellation);
        var written = await new CheckpointWriter(engine, Store).Write(new([.. engine.History.Commits.Take(release)]), Cancellation);
        Assert.Null(written.Error);
        return written.Value;
    }

    /// <summary>The names of all blobs.</summary>
    public ValueTask<List<string>> Blobs() =>
        Account.Container("checkpoints").GetBlobsAsync(cancellationToken: Cancellation).Select(blob => blob.Name).ToListAsync(Cancellation);

    /// <summary>All blobs with what they hold.</summary>
    public async Task<IReadOnlyDictionary<string, BinaryData>> Contents()
    {
        var contents = new Dictionary<string, BinaryData>();
        foreach (var blob in await Blobs())
        {
            contents[blob] = (await Account.Container("checkpoints").GetBlobClient(blob).DownloadContentAsync(Cancellation)).Value.Content;
        }

        return contents;
    }

    /// <summary>Makes the container what it was, and forgets what was logged.</summary>
    public async Task Restore(IReadOnlyDictionary<string, BinaryData> contents)
    {
        Lines = new();
        await DeleteBlobs();
        foreach (var (blob, content) in contents)
        {
            await Account.Container("checkpoints").GetBlobClient(blob).UploadAsync(content, Cancellation);
        }
    }

    /// <summary>The same store by another way.</summary>
    public StorageAccount AccountAt(string connectionString) => new(new Settings { AzureWebJobsStorage = connectionString, StoragePrefix = prefix });

    public CheckpointReader Reader() => new(Store, TimeProvider.System, Lines);

    /// <summary>Starts an instance and takes down all that it holds and all that it answers at two releases.</summary>
    public async Task<string> ColdStart(bool fromCheckpoint)
    {
        await using var server = new Server(Settings, Log, fromCheckpoint ? Reader() : null);
        var said = new StringBuilder();
        foreach (var release in new[] { Log.Commits.Count, Log.Commits.Count / 2 })
        {
            foreach (var set in Catalog.All.Concat(Catalog.Views))
            {
                for (var next = set.Name; next is not null;)
                {
                    var page = await server.Get(next, $"{release}");
                    Assert.Equal(200, page.Status);
                    said.AppendLine(page.Body);
                    next = page.NextLink;
                }
            }

            await Files(server.Engine, release, said);
        }

        return said.Append(await Tables(server.Engine)).ToString();
    }

    /// <summary>Starts an instance and takes down all that it holds.</summary>
    public async Task<string> ColdTables(bool fromCheckpoint)
    {
        await using var server = new Server(Settings, Log, fromCheckpoint ? Reader() : null);
        Assert.Equal(200, (await server.Get("Places/$count")).Status);
        return await Tables(server.Engine);
    }

    private async Task DeleteBlobs()
    {
        foreach (var blob in await Blobs())
        {
            await Store.Delete(blob, Cancellation);
        }
    }

    private static async Task Files(Engine engine, int release, StringBuilder said)
    {
        foreach (var dataset in Catalog.Published)
        {
            using var file = new MemoryStream();
            var written = await engine.Session(
                SetFiles.Query(dataset, release), (connection, query) => SetFiles.WriteText(connection, dataset, query, file, Stream.Null, Cancellation), Cancellation);
            Assert.Null(written.Error);
            said.AppendLine(Encoding.UTF8.GetString(file.ToArray()));
        }
    }

    /// <summary>Every row in the order in which it lies, and where each id leads.</summary>
    private static async Task<string> Tables(Engine engine)
    {
        var said = new StringBuilder();
        foreach (var table in Catalog.All.Select(dataset => dataset.Name).Append("_commits"))
        {
            foreach (var row in await engine.Rows($"SELECT * FROM \"{table}\""))
            {
                said.AppendLine($"{table}: {string.Join('|', row.Select(value => value ?? "null"))}");
            }
        }

        foreach (var dataset in Catalog.All)
        {
            foreach (var row in await engine.Rows($"SELECT DISTINCT \"Id\" FROM \"{dataset.Name}\" ORDER BY 1"))
            {
                said.AppendLine($"{row[0]} leads to {await engine.LastOf(dataset, (string)row[0]!)}");
            }
        }

        return said.ToString();
    }
}

/// <summary>Keeps what is logged.</summary>
internal sealed class LogLines<T> : ILogger<T>
{
    private readonly Lock gate = new();
    private readonly List<string> lines = [];

    public IReadOnlyList<string> All
    {
        get
        {
            lock (gate)
            {
                return [.. lines];
            }
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (gate)
        {
            lines.Add($"{logLevel}: {formatter(state, exception)} {exception?.Message}".TrimEnd());
        }
    }
}
