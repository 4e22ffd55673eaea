using ConflictData.Query;
using ConflictData.Releases;
using ConflictData.Snapshots;
using ConflictData.Storage;
using ConflictData.Tests.Faults;
using ConflictData.Tests.Query;

namespace ConflictData.Tests.Snapshots;

/// <summary>Publishers that end in the middle, at one write of storage or another, before storage has it or after.</summary>
public sealed class InterruptedPublishing(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_one_has_begun_the_next_finishes_and_nobody_sees_half_of_it()
    {
        await using var engine = EngineReading.NewEngine();
        var log = new TestLog();
        var first = log.Add([TestLog.Place("a", "x"), TestLog.Actor("z", "z")]).Commit;
        engine.Apply([.. log.Commits], Cancellation);
        var whole = await Publish(engine, azurite.ConnectionString, azurite.NewPrefix(), first);
        var writes = whole.Files.Count + 1;

        var trials = Enumerable.Range(0, writes).Where(write => write % 9 == 4 || write >= writes - 3)
            .SelectMany(write => new[] { (write, Moment.Arrived), (write, Moment.Answered) });
        await Parallel.ForEachAsync(trials, new ParallelOptions { MaxDegreeOfParallelism = 6, CancellationToken = Cancellation }, async (trial, _) =>
        {
            var (write, moment) = trial;
            var (prefix, left) = (azurite.NewPrefix(), write);
            await using (var cut = new CutOff(azurite.ConnectionString, (request, now) => now == moment && IsUpload(request) && Interlocked.Decrement(ref left) < 0))
            {
                var store = await Store(azurite.ConnectionString, prefix);
                var dying = new SnapshotPublisher(engine, new SnapshotStore(Account(cut.ConnectionString, prefix), TimeProvider.System), new Settings());
                await Assert.ThrowsAnyAsync<Exception>(() => dying.Publish(first, Cancellation));
                Assert.True(cut.Done.IsCompleted);

                var isWhole = write == writes - 1 && moment == Moment.Answered;
                Assert.Equal(isWhole, await store.Find(new(first.Release), Cancellation) is not null);
                Assert.Equal(isWhole ? [new PublishedRelease(1)] : [], await store.PublishedBefore(int.MaxValue, Cancellation).ToListAsync(Cancellation));
            }

            var after = await Publish(engine, azurite.ConnectionString, prefix, first);
            Assert.Equal(whole.Files, after.Files);
        });
    }

    private static bool IsUpload(StorageRequest request) => !request.IsOfTables && request.Text.StartsWith("PUT ", StringComparison.Ordinal);

    private static StorageAccount Account(string storage, string prefix) => new(new Settings { AzureWebJobsStorage = storage, StoragePrefix = prefix }, ShortPauses.Between);

    private static async Task<SnapshotStore> Store(string storage, string prefix)
    {
        await Account(storage, prefix).Container("snapshots").CreateIfNotExistsAsync(cancellationToken: Cancellation);
        return new SnapshotStore(Account(storage, prefix), TimeProvider.System);
    }

    private static async Task<SnapshotManifest> Publish(Engine engine, string storage, string prefix, Commit release)
    {
        var published = await new SnapshotPublisher(engine, await Store(storage, prefix), new Settings()).Publish(release, Cancellation);
        Assert.True(published.Succeeded(out var manifest, out var error), error?.Detail);
        return manifest;
    }
}
