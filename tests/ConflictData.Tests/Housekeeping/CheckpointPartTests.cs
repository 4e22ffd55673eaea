using ConflictData.Housekeeping;
using ConflictData.Query;
using ConflictData.Releases;
using ConflictData.Tests.Query;
using ConflictData.Tests.Releases;
using Microsoft.Extensions.Time.Testing;

namespace ConflictData.Tests.Housekeeping;

/// <summary>When housekeeping makes checkpoints and which ones it keeps; on real blobs.</summary>
public sealed class CheckpointPartTests(AzuriteFixture azurite)
{
    private readonly CheckpointScene scene = new(azurite);
    private readonly LogLines<Checkpoints> lines = new();
    private readonly FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_is_made_when_enough_releases_or_revisions_have_come()
    {
        await scene.Begin();
        var few = new Settings { CheckpointReleases = 3, CheckpointRevisions = 10 };
        Commit(1);
        Commit(1);
        await Round(few);
        Assert.Empty(await Releases());

        Commit(1);
        await Round(few);
        await Round(few);
        Assert.Equal([3], await Releases());

        Commit(9);
        await Round(few);
        Assert.Equal([3], await Releases());

        Commit(1);
        await Round(few);
        Assert.Equal([5, 3], await Releases());
        Assert.Equal(["Information: Wrote the checkpoint of release 3.", "Information: Wrote the checkpoint of release 5."], lines.All);
    }

    [Fact]
    public async Task The_newest_are_kept_and_the_files_of_the_others_go_a_day_later()
    {
        await scene.Begin();
        var each = new Settings { CheckpointReleases = 1, KeptCheckpoints = 2 };
        foreach (var _ in Enumerable.Range(0, 4))
        {
            Commit(1);
            await Round(each);
        }

        Assert.Equal([4, 3], await Releases());
        Assert.Equal(4, (await Folders()).Count);
        clock.Advance(TimeSpan.FromHours(25));
        await Task.WhenAll(Round(each), Round(each));
        Assert.Equal(2, (await Folders()).Count);
        Assert.Equal(await scene.ColdTables(fromCheckpoint: false), await scene.ColdTables(fromCheckpoint: true));
        Assert.StartsWith("Information: Loaded the checkpoint of release 4;", scene.Lines.All[^1]);
    }

    [Fact]
    public async Task Those_of_another_version_are_kept_for_a_month_with_their_files()
    {
        await scene.Begin();
        Commit(1);
        await scene.Write(1);
        var ours = Assert.Single(await scene.Store.All(Cancellation).ToListAsync(Cancellation));
        var container = scene.Account.Container("checkpoints");
        var manifest = (await container.GetBlobClient(ours.Blob).DownloadContentAsync(Cancellation)).Value.Content;
        var theirs = container.GetBlobClient(ours.Blob.Replace(CheckpointManifest.CurrentSchema, "0123456789abcdef", StringComparison.Ordinal));
        await theirs.UploadAsync(manifest, Cancellation);
        await scene.Store.Delete(ours, Cancellation);

        clock.Advance(TimeSpan.FromDays(29));
        await Round(new());
        Assert.True(await theirs.ExistsAsync(Cancellation));
        Assert.Single(await Folders());

        clock.Advance(TimeSpan.FromDays(2));
        await Round(new());
        Assert.Empty(await scene.Blobs());
    }

    [Fact]
    public async Task One_that_could_not_be_loaded_is_followed_by_another_without_waiting()
    {
        await scene.Begin();
        Commit(1);
        await scene.Write(1);
        await scene.Store.Delete((await scene.Blobs()).First(blob => blob.EndsWith("/Places", StringComparison.Ordinal)), Cancellation);
        Commit(1);
        var settings = new Settings { CheckpointReleases = 2 };

        await Round(settings);

        Assert.Equal([2, 1], await Releases());
    }

    private void Commit(int revisions)
    {
        var release = scene.Log.Commits.Count + 1;
        scene.Log.Add(Enumerable.Range(1, revisions).Select(row => TestLog.Place($"p{row}", $"at {release}")));
    }

    /// <summary>A round of an instance that starts cold.</summary>
    private async Task Round(Settings settings)
    {
        await using var engine = EngineReading.NewEngine();
        var reader = scene.Reader();
        using var follower = new ReleaseFollower(new FakeReleaseStore(scene.Log), engine, settings, clock, reader);
        var part = new Checkpoints(follower, scene.Store, reader, new(engine, scene.Store), new(scene.Store, settings, clock), settings, lines);
        await part.Run(Cancellation);
    }

    private async Task<List<int>> Releases() => await scene.Store.Newest(Cancellation).Select(entry => entry.Release).ToListAsync(Cancellation);

    private async Task<List<string>> Folders() => [.. (await scene.Blobs()).Where(blob => blob.StartsWith("files/", StringComparison.Ordinal)).Select(blob => blob.Split('/')[1]).Distinct()];
}
