using System.Diagnostics;
using Azure.Data.Tables;
using ConflictData.Releases;
using ConflictData.Storage;

namespace ConflictData.Tests.Releases;

/// <summary>
/// Run by hand: what the store costs above bare transactions of the same entities on the same storage. Tables of their own in each
/// round: the emulator looks through the whole table for every query, which a real account does not.
/// </summary>
public sealed class StorageSpeed(AzuriteFixture azurite)
{
    private const int Count = 20_000;

    [Fact(Explicit = true)]
    public async Task Rows_a_second()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var rows = StoreData.Rows("Casualties", Count);
        for (var round = 1; round <= 2; round++)
        {
            var account = new StorageAccount(new Settings { AzureWebJobsStorage = azurite.ConnectionString, StoragePrefix = azurite.NewPrefix() });
            var store = new TableReleaseStore(account, TimeProvider.System);
            await store.EnsureCreated(cancellation);
            var bare = await Measure(() => Bare(account.Table("Submissions"), $"bare{round}", rows));
            var write = await Measure(() => store.WriteRevisions($"own{round}", 1, rows, cancellation));
            var read = await Measure(() => store.Revisions(StoreData.Commit(1, $"own{round}", rows), Redactions.None, cancellation));
            TestContext.Current.SendDiagnosticMessage($"bare {bare:N0} rows/s, WriteRevisions {write:N0}, ratio {write / bare:N2}, Revisions {read:N0}");
        }
    }

    private static async Task Bare(TableClient table, string partition, Revision[] rows)
    {
        foreach (var (chunk, hundred) in rows.Chunk(100).Index())
        {
            var entities = hundred.Select((row, index) => RevisionEntity.Write($"{partition}.{chunk / 10}", (chunk * 100) + index, row));
            await table.SubmitTransactionAsync(entities.Select(entity => new TableTransactionAction(TableTransactionActionType.UpsertReplace, entity)));
        }
    }

    private static async Task<double> Measure(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return Count / watch.Elapsed.TotalSeconds;
    }
}
