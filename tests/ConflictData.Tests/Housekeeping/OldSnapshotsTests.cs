using Azure.Storage.Blobs.Models;
using ConflictData.Housekeeping;
using ConflictData.Query;
using ConflictData.Releases;
using ConflictData.Snapshots;
using ConflictData.Storage;
using ConflictData.Tests.Query;
using Microsoft.Extensions.Time.Testing;

namespace ConflictData.Tests.Housekeeping;

/// <summary>Which published files stay, and which go.</summary>
public sealed class OldSnapshotsTests : IAsyncLifetime
{
    private readonly TestLog log = new();
    private readonly FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());
    private readonly Settings settings;
    private readonly StorageAccount account;
    private readonly Engine engine;
    private readonly ReleaseFollower follower;
    private readonly SnapshotStore store;
    private readonly OldSnapshots housekeeping;

    public OldSnapshotsTests(AzuriteFixture azurite)
    {
        settings = new() { AzureWebJobsStorage = azurite.ConnectionString, StoragePrefix = azurite.NewPrefix(), KeptSnapshots = 2, FreshForSeconds = 0, EngineThreads = 1 };
        account = new(settings);
        engine = new(settings, clock);
        follower = new(new LogStore(log), engine, settings, clock);
        store = new(account, clock);
        var publisher = new SnapshotPublisher(engine, store, settings);
        housekeeping = new(store, new SnapshotService(store, publisher, new DeltaTables(account, engine), follower, clock), follower, settings);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await account.Container("snapshots").CreateAsync(cancellationToken: Cancellation);

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task The_newest_and_the_tagged_stay_and_the_files_of_the_others_go_when_they_are_left_over()
    {
        for (var release = 1; release <= 5; release++)
        {
            await Publish(log.Add([TestLog.Actor("a", $"name {release}"), .. release == 1 ? [TestLog.Place("p", "shared")] : Array.Empty<Revision>()]));
        }

        log.Tag("kept", 2);
        await housekeeping.Run(Cancellation);
        Assert.Equal([5, 4, 2], await Releases());
        Assert.Contains(await Blobs(), name => name.StartsWith("files/0000000003-", StringComparison.Ordinal));

        clock.Advance(TimeSpan.FromHours(37));
        await housekeeping.Run(Cancellation);
        var blobs = await Blobs();
        Assert.DoesNotContain(blobs, name => name.Contains("/0000000003-", StringComparison.Ordinal));
        Assert.Contains(blobs, name => name.StartsWith("releases/0000000002-", StringComparison.Ordinal) && name.EndsWith("/conflict-data.zip", StringComparison.Ordinal));
        Assert.Contains(blobs, name => name.StartsWith("files/0000000001-", StringComparison.Ordinal) && name.EndsWith("/places.csv", StringComparison.Ordinal));
        foreach (var release in await Releases())
        {
            foreach (var file in (await store.Find(new(release), Cancellation))!.Files)
            {
                Assert.Contains(file.Blob, blobs);
            }
        }
    }

    [Fact]
    public async Task A_release_that_was_taken_away_is_published_again_with_the_same_bytes()
    {
        var first = await Publish(log.Add([TestLog.Actor("a", "one")]));
        await Publish(log.Add([TestLog.Actor("a", "two")]));
        await Publish(log.Add([TestLog.Actor("a", "three")]));
        clock.Advance(TimeSpan.FromHours(37));
        await housekeeping.Run(Cancellation);
        await housekeeping.Run(Cancellation);
        Assert.Equal([3, 2], await Releases());
        Assert.DoesNotContain(await Blobs(), name => name.StartsWith("files/0000000001-", StringComparison.Ordinal) && name.EndsWith("/actors.csv", StringComparison.Ordinal));
        Assert.Equal(first.Files, (await new SnapshotPublisher(engine, store, settings).Publish(log.Commits[0].Commit, Cancellation)).Value!.Files);
    }

    [Fact]
    public async Task A_file_that_a_publisher_is_about_to_name_is_not_left_over()
    {
        var set = await Publish(log.Add([TestLog.Actor("a", "one")]));
        var file = set.Find("actors.csv")!;
        await store.Forget(new(1), Cancellation);
        clock.Advance(TimeSpan.FromHours(37));
        var unused = await store.Unused(Cancellation).ToListAsync(Cancellation);
        Assert.Equal(file, await store.Claim(file, Cancellation));
        foreach (var (blob, version) in unused)
        {
            await store.Remove(blob, version, Cancellation);
        }

        Assert.Equal([file.Blob], await Blobs());
        Assert.Equal(file, await store.Claim(file, Cancellation));
    }

    private async Task<SnapshotManifest> Publish(CommittedRevisions committed)
    {
        engine.Apply([committed], Cancellation);
        return (await new SnapshotPublisher(engine, store, settings).Publish(committed.Commit, Cancellation)).Value!;
    }

    private async Task<List<int>> Releases() => await store.PublishedBefore(int.MaxValue, Cancellation).Select(published => published.Release).ToListAsync(Cancellation);

    private async Task<List<string>> Blobs() =>
        await account.Container("snapshots").GetBlobsAsync(new GetBlobsOptions(), Cancellation).Select(blob => blob.Name).ToListAsync(Cancellation);
}
