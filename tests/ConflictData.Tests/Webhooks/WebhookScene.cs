using ConflictData.Query;
using ConflictData.Storage;
using ConflictData.Tests.Query;
using ConflictData.Tests.Releases;
using ConflictData.Webhooks;
using Microsoft.Extensions.Time.Testing;

namespace ConflictData.Tests.Webhooks;

/// <summary>A log of releases, webhooks in real storage, and instances that tell them; time passes when a test says so.</summary>
internal sealed class WebhookScene : IAsyncDisposable
{
    private readonly string prefix;
    private readonly List<IAsyncDisposable> instances = [];

    private WebhookScene(string prefix) => this.prefix = prefix;

    public TestLog Log { get; } = new();

    public FakeTimeProvider Clock { get; } = new(TestLog.Start.AddDays(10));

    public IWebhookStore Store { get; private init; } = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<WebhookScene> Start(AzuriteFixture azurite)
    {
        var prefix = azurite.NewPrefix();
        var account = Account(azurite.ConnectionString, prefix);
        await account.Table("Webhooks").CreateIfNotExistsAsync(Cancellation);
        return new(prefix) { Store = new TableWebhookStore(account) };
    }

    /// <summary>One that no storage knows yet.</summary>
    public static Webhook Webhook(Uri? url = null, int told = 0, string id = "hook") => new()
    {
        Id = id,
        Name = "Newsroom of \"الحسكة\"",
        Url = url ?? new("https://partner.example.org/told?token=x"),
        Secret = NoticeSignature.NewSecret(),
        Api = new("https://figures.example.org/api/"),
        CreatedAt = TestLog.Start,
        CreatedBy = "admin",
        Told = told,
    };

    /// <summary>Keeps one that is told of all releases.</summary>
    public async Task<Webhook> Add(Uri url, string id = "hook")
    {
        var webhook = Webhook(url, id: id);
        await Store.Add(webhook, Cancellation);
        return webhook;
    }

    public async Task<Webhook> Find(string id = "hook") => (await Store.Find(id, Cancellation))!.Webhook;

    /// <summary>An instance that follows the log; its way to the webhooks may be one of its own, and what it notes there may be watched.</summary>
    public (NoticeRound Round, LogLines<NoticeRound> Lines) Instance(string? connectionString = null, bool isGuarded = false, Action<Webhook>? noted = null)
    {
        var settings = new Settings { WebhookHttp = true, WebhookPrivateAddresses = !isGuarded, FreshForSeconds = 0 };
        var engine = new Engine(settings, Clock);
        var client = new NoticeClient(settings, Clock);
        var lines = new LogLines<NoticeRound>();
        instances.Add(engine);
        var store = connectionString is null ? Store : new TableWebhookStore(Account(connectionString, prefix));
        store = noted is null ? store : new WatchedWebhookStore(store, noted);
        return (new(store, client, new(new FakeReleaseStore(Log), engine, settings, Clock), settings, Clock, lines), lines);
    }

    public void Commit(int releases = 1)
    {
        for (; releases > 0; releases--)
        {
            Log.Add([TestLog.Place($"p{Log.Commits.Count}", "P")]);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in instances)
        {
            await instance.DisposeAsync();
        }
    }

    private static StorageAccount Account(string connectionString, string prefix) => new(new Settings { AzureWebJobsStorage = connectionString, StoragePrefix = prefix });
}
