using ConflictData.Releases;
using ConflictData.Storage;

namespace ConflictData.Tests.Releases;

public sealed class CommitTurnTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task One_writer_at_a_time_has_the_turn_and_passes_it_on()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var account = new StorageAccount(new Settings { AzureWebJobsStorage = azurite.ConnectionString, StoragePrefix = azurite.NewPrefix() });
        await account.EnsureCreated(cancellation);
        var (holders, most) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            await using var turn = await new CommitTurn(account.Container("submissions"), TimeProvider.System).Take(cancellation);
            most = Math.Max(most, Interlocked.Increment(ref holders));
            await account.EnsureCreated(cancellation);
            Interlocked.Decrement(ref holders);
        }));
        Assert.Equal((0, 1), (holders, most));
    }
}
