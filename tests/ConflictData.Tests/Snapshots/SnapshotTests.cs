using System.Security.Cryptography;
using System.Text;
using Azure.Storage.Blobs;
using ConflictData.Datasets;
using ConflictData.Query;
using ConflictData.Releases;
using ConflictData.Snapshots;
using ConflictData.Storage;
using ConflictData.Tests.Query;

namespace ConflictData.Tests.Snapshots;

public sealed class SnapshotTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly StorageAccount account = new(new Settings { AzureWebJobsStorage = azurite.ConnectionString, StoragePrefix = azurite.NewPrefix() });
    private readonly TestLog log = new();
    private Engine engine = null!;
    private SnapshotStore store = null!;

    private BlobContainerClient Container => account.Container("snapshots");

    public async ValueTask InitializeAsync()
    {
        engine = EngineReading.NewEngine();
        store = new SnapshotStore(account, TimeProvider.System);
        await Container.CreateAsync(cancellationToken: Cancellation);
    }

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_has_every_column_in_order_rows_by_id_and_quotes_only_where_needed()
    {
        var places = Catalog.Get("Places");
        var release = Commit(
            TestLog.Make(places, "b", RevisionAction.Upsert, "new", ("Name", "with \"quotes\", comma"), ("Latitude", 35.5), ("PlacePrecision", 3L)),
            TestLog.Make(places, "a", RevisionAction.Upsert, "new", ("Name", "two\nlines"), ("NameArabic", "الحسكة"), ("PlacePrecision", 7L)));
        var file = await ReadFile(release, "places.csv");
        Assert.Equal(
            "Id,Name,OtherNames,NameArabic,Kind,ParentId,CountryCode,Pcode,AdminLevel,Latitude,Longitude,PlacePrecision,PlaceSource,Release,ModifiedAt,ChangeReason\r\n"
            + "a,\"two\nlines\",,الحسكة,,,,,,,,7,,1,2026-01-10T12:00:00.000Z,new\r\n"
            + "b,\"with \"\"quotes\"\", comma\",,,,,,,,35.5,,3,,1,2026-01-10T12:00:00.000Z,new\r\n",
            file);
    }

    [Fact]
    public async Task A_release_keeps_its_rows_when_they_are_corrected_and_retracted_later()
    {
        var first = Commit(TestLog.Place("a", "before"), TestLog.Place("b", "gone later"));
        var second = Commit(TestLog.Place("a", "after", reason: "correction"), TestLog.Place("b", "gone later", RevisionAction.Retract));
        Assert.Contains("before", await ReadFile(first, "places.csv"));
        Assert.Contains("gone later", await ReadFile(first, "places.csv"));
        var newest = await ReadFile(second, "places.csv");
        Assert.Contains("after", newest);
        Assert.DoesNotContain("gone later", newest);
    }

    [Fact]
    public async Task A_release_is_published_once_and_an_unchanged_dataset_shares_its_file()
    {
        var first = await Publish(Commit(TestLog.Place("a", "x"), TestLog.Actor("z", "z")));
        var before = await Blobs();
        var second = await Publish(Commit(TestLog.Actor("z", "other")));
        await Publish(log.Commits[0].Commit);
        await Publish(log.Commits[1].Commit);
        Assert.Equal(first.Find("places.csv"), second.Find("places.csv"));
        Assert.NotEqual(first.Find("actors.csv")!.Sha256, second.Find("actors.csv")!.Sha256);
        var after = await Blobs();
        Assert.All(before, blob => Assert.Equal(blob.Value, after[blob.Key]));
        // The actors and the four views that name them in each form, the data package, the archive, and the manifest.
        Assert.Equal((5 * SnapshotForm.All.Count) + 3, after.Count - before.Count);
    }

    [Fact]
    public async Task The_manifest_says_length_rows_and_hash_of_what_is_there()
    {
        var manifest = await Publish(Commit(TestLog.Place("a", "x"), TestLog.Place("b", "y")));
        var names = Catalog.Published.SelectMany(set => SnapshotForm.All.Select(form => form.FileOf(set)));
        Assert.Equal([.. names, "datapackage.json", "conflict-data.zip"], manifest.Files.Select(file => file.Name));
        var file = manifest.Find("PLACES.csv")!;
        var bytes = Encoding.UTF8.GetBytes(await Read(file));
        Assert.Equal((bytes.Length, 2L, Convert.ToHexStringLower(SHA256.HashData(bytes))), (file.Bytes, file.Rows, file.Sha256));
    }

    [Fact]
    public async Task Half_a_set_is_not_published_and_the_next_run_completes_it()
    {
        var release = Commit(TestLog.Place("a", "x"));
        await Publish(release);
        await foreach (var manifest in Container.GetBlobsAsync(new() { Prefix = "sets/" }, Cancellation))
        {
            await Container.DeleteBlobAsync(manifest.Name, cancellationToken: Cancellation);
        }

        Assert.Null(await store.Find(new(release.Release), Cancellation));
        Assert.NotNull((await Publish(release)).Find("places.csv"));
    }

    [Fact]
    public async Task Two_publishers_at_once_give_one_set()
    {
        var release = Commit(TestLog.Place("a", "x"));
        var (one, other) = (new SnapshotPublisher(engine, store, new Settings()), new SnapshotPublisher(engine, store, new Settings()));
        var manifests = await Task.WhenAll(one.Publish(release, Cancellation), other.Publish(release, Cancellation));
        Assert.Equal(manifests[0].Value!.Files, manifests[1].Value!.Files);
    }

    [Fact]
    public async Task The_newest_published_release_is_the_first_one_listed()
    {
        var commits = Enumerable.Range(1, 12).Select(release => Commit(TestLog.Place("a", $"{release}"))).ToList();
        foreach (var release in new[] { 1, 2, 9, 10, 11, 12 })
        {
            await Publish(commits[release - 1]);
        }

        var listed = new List<int>();
        await foreach (var release in store.PublishedBefore(11, Cancellation))
        {
            listed.Add(release.Release);
        }

        Assert.Equal([10, 9, 2, 1], listed);
    }

    [Fact]
    public async Task A_file_is_read_from_any_position_on_and_back()
    {
        var bytes = new byte[5_000_000];
        new Random(1).NextBytes(bytes);
        var file = new SnapshotFile("x.csv", "X", "files/x.csv", "text/csv", bytes.Length, 0, "");
        await store.Write(file, new MemoryStream(bytes), Cancellation);
        await using var stream = store.Open(file);
        var buffer = new byte[100_000];

        foreach (var position in new[] { 0, 4_194_000, 4_294_000, 7, 4_999_990, 5_000_000, 0 })
        {
            stream.Position = position;
            var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, Cancellation);
            Assert.Equal(bytes.AsSpan(position, Math.Min(buffer.Length, bytes.Length - position)), buffer.AsSpan(0, read));
            Assert.Equal(position + read, stream.Position);
        }
    }

    private Commit Commit(params Revision[] revisions)
    {
        var added = log.Add(revisions);
        engine.Apply([added], Cancellation);
        return added.Commit;
    }

    private async Task<SnapshotManifest> Publish(Commit release)
    {
        var published = await new SnapshotPublisher(engine, store, new Settings()).Publish(release, Cancellation);
        Assert.True(published.Succeeded(out var manifest, out var error), error?.Detail);
        return manifest;
    }

    private async Task<string> ReadFile(Commit release, string name) => await Read((await Publish(release)).Find(name)!);

    private async Task<string> Read(SnapshotFile file)
    {
        await using var stream = store.Open(file);
        return await new StreamReader(stream, Encoding.UTF8).ReadToEndAsync(Cancellation);
    }

    private async Task<Dictionary<string, string>> Blobs()
    {
        var blobs = new Dictionary<string, string>();
        await foreach (var blob in Container.GetBlobsAsync(cancellationToken: Cancellation))
        {
            blobs[blob.Name] = $"{blob.Properties.ETag}";
        }

        return blobs;
    }
}
