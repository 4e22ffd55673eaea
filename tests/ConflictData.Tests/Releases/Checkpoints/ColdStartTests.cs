using System.Text;
using System.Text.Json.Nodes;
using ConflictData.Datasets;
using ConflictData.Query;
using ConflictData.Releases;
using ConflictData.Tests.Query;
using CsCheck;

namespace ConflictData.Tests.Releases;

/// <summary>Starts from checkpoints, sound ones and damaged ones, on real blobs.</summary>
public sealed class ColdStartTests(AzuriteFixture azurite)
{
    private const int Seed = 20220120;

    private readonly CheckpointScene scene = new(azurite);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_start_from_a_checkpoint_and_the_commits_after_it_gives_what_a_start_from_nothing_gives() =>
        await Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[1, 6]).SampleAsync(
            async (seed, release) =>
            {
                await scene.Begin(seed);
                await scene.Write(release, head: 6);

                Assert.Equal(await scene.ColdStart(fromCheckpoint: false), await scene.ColdStart(fromCheckpoint: true));

                Assert.StartsWith($"Information: Loaded the checkpoint of release {release};", Assert.Single(scene.Lines.All));
            },
            iter: 5, threads: 1);

    [Fact]
    public async Task What_a_checkpoint_has_is_not_read_from_the_tables()
    {
        await scene.Begin(Seed);
        await scene.Write(5);
        var store = new FakeReleaseStore(scene.Log);
        store.Damaged.UnionWith([1, 2, 3, 4, 5]);
        await using var engine = EngineReading.NewEngine();
        using var follower = new ReleaseFollower(store, engine, new Settings(), TimeProvider.System, scene.Reader());

        var loaded = await follower.Current(Cancellation);

        Assert.Equal(6, loaded.Value!.Commits.Count);
    }

    [Fact]
    public async Task Commits_and_reads_by_key_may_come_while_the_ids_are_not_known_yet()
    {
        await scene.Begin(Seed);
        await scene.Write(5);
        await using var engine = EngineReading.NewEngine();
        await using var whole = EngineReading.NewEngine();
        await scene.Reader().Load(engine, new FakeReleaseStore(scene.Log), Cancellation);
        var key = engine.LastOf(Catalog.Get("Places"), "places-1");
        engine.Apply([scene.Log.Commits[5]], Cancellation);
        whole.Apply([.. scene.Log.Commits.Take(5)], Cancellation);

        Assert.Equal(await whole.LastOf(Catalog.Get("Places"), "places-1"), await key);
        whole.Apply([scene.Log.Commits[5]], Cancellation);
        Assert.Equal(await whole.Rows("SELECT * FROM \"Places\""), await engine.Rows("SELECT * FROM \"Places\""));
    }

    [Fact]
    public async Task What_is_loaded_in_pieces_lies_as_what_was_loaded_at_once()
    {
        const int Rows = 150_000;
        const string Held = """SELECT count(*), min(_seq), max(_seq), CAST(bit_xor(hash(p)) % 1000000007 AS BIGINT) FROM "Places" AS p""";
        await scene.Begin();
        scene.Log.Add(Enumerable.Range(0, Rows).Select(row => TestLog.Place($"p{row}", "first")));
        scene.Log.Add(Enumerable.Range(Rows / 2, Rows).Select(row => TestLog.Place($"p{row}", "second")));
        await scene.Write(2);
        await using var engine = EngineReading.NewEngine(new());
        await using var whole = EngineReading.NewEngine(new());
        whole.Apply([.. scene.Log.Commits], Cancellation);
        await scene.Reader().Load(engine, new FakeReleaseStore(scene.Log), Cancellation);

        Assert.Equal(await whole.Rows(Held), await engine.Rows(Held));
        var sequences = (await engine.Rows("""SELECT _seq FROM "Places" WHERE _seq > 200000 """)).Select(row => (long)row[0]!);
        Assert.Equal(Enumerable.Range(200_001, 100_000).Select(number => (long)number), sequences);
        Assert.Equal(Rows + 1, await engine.LastOf(Catalog.Get("Places"), $"P{Rows / 2}"));
    }

    [Fact]
    public async Task A_damaged_checkpoint_is_told_of_and_the_one_before_it_is_loaded()
    {
        await scene.Begin(Seed);
        var expected = await scene.ColdTables(fromCheckpoint: false);
        await scene.Write(2);
        await scene.Write(4);
        var undamaged = await scene.Contents();
        foreach (var (name, damage) in Damages)
        {
            await scene.Restore(undamaged);
            await damage(this);

            Assert.Equal(expected, await scene.ColdTables(fromCheckpoint: true));

            Assert.Collection(
                scene.Lines.All,
                line => Assert.True(line.StartsWith("Error: The checkpoint of release 4 cannot be used; ", StringComparison.Ordinal), $"{name}: {line}"),
                line => Assert.True(line.StartsWith("Information: Loaded the checkpoint of release 2; ", StringComparison.Ordinal), $"{name}: {line}"));
        }
    }

    [Fact]
    public async Task Where_every_checkpoint_is_damaged_all_is_loaded_from_the_tables()
    {
        await scene.Begin(Seed);
        await scene.Write(4);
        await Change("Places", bytes => bytes[..(bytes.Length / 2)]);

        Assert.Equal(await scene.ColdTables(fromCheckpoint: false), await scene.ColdTables(fromCheckpoint: true));

        Assert.StartsWith("Error: The checkpoint of release 4 cannot be used;", Assert.Single(scene.Lines.All));
    }

    [Fact]
    public async Task A_checkpoint_of_another_log_is_not_loaded()
    {
        await scene.Begin(Seed);
        await scene.Write(4);
        var engine = EngineReading.NewEngine();
        await using var disposed = engine;
        var other = new TestLog();
        foreach (var commit in scene.Log.Commits)
        {
            other.Add(commit.Revisions, commit.Commit.CommittedAt.AddSeconds(1));
        }

        await scene.Reader().Load(engine, new FakeReleaseStore(other), Cancellation);

        Assert.Null(engine.History.Head);
        Assert.Contains("do not end with release 4 of the log", Assert.Single(scene.Lines.All));
    }

    /// <summary>What can happen to the checkpoint of release 4.</summary>
    private static readonly (string Name, Func<ColdStartTests, Task> Do)[] Damages =
    [
        ("a byte flipped", test => test.Change("Casualties", bytes => [.. bytes[..(bytes.Length / 2)], (byte)(bytes[bytes.Length / 2] ^ 1), .. bytes[(bytes.Length / 2 + 1)..]])),
        ("cut short", test => test.Change("Places", bytes => bytes[..^10])),
        ("made longer", test => test.Change("Places", bytes => [.. bytes, 0])),
        ("emptied", test => test.Change("Events", _ => [])),
        ("the commits cut", test => test.Change("commits", bytes => bytes[..^1])),
        ("a file missing", async test => await test.scene.Store.Delete((await test.Named("Zones")), Cancellation)),
        ("the manifest cut", test => test.ChangeManifest(text => text[..^5])),
        ("the manifest emptied", test => test.ChangeManifest(_ => "")),
        ("the manifest without what is needed", test => test.ChangeManifest(_ => "{}")),
        ("the manifest of another schema", test => test.ChangeManifest(text => text.Replace(CheckpointManifest.CurrentSchema, "0123456789abcdef", StringComparison.Ordinal))),
        ("the manifest of another release", test => test.ChangeManifest(text => text.Replace("\"release\":4", "\"release\":3", StringComparison.Ordinal))),
        ("the manifest without a file", test => test.ChangeManifest(text => text.Replace("\"name\":\"Actors\"", "\"name\":\"Actor\"", StringComparison.Ordinal))),
        ("the manifest names the wrong file", test => test.Relabel("Arrests", "Casualties")),
        ("the manifest names files of an earlier release", test => test.OlderFile("Places")),
    ];

    private async Task<string> Named(string file) => (await scene.Blobs()).Single(blob => blob.StartsWith("files/0000000004-", StringComparison.Ordinal) && blob.EndsWith($"/{file}", StringComparison.Ordinal));

    private async Task Change(string file, Func<byte[], byte[]> change) => await Rewrite(await Named(file), change);

    private async Task ChangeManifest(Func<string, string> change)
    {
        var newest = (await scene.Store.Newest(Cancellation).ToListAsync(Cancellation))[0];
        await Rewrite(newest.Blob, bytes => Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(bytes))));
    }

    /// <summary>Hashes and lengths are right then, but the file is not of the dataset.</summary>
    private Task Relabel(string one, string other) => ChangeManifest(text =>
        text.Replace($"\"name\":\"{one}\"", "\"name\":\"?\"", StringComparison.Ordinal)
            .Replace($"\"name\":\"{other}\"", $"\"name\":\"{one}\"", StringComparison.Ordinal)
            .Replace("\"name\":\"?\"", $"\"name\":\"{other}\"", StringComparison.Ordinal));

    /// <summary>Hashes and lengths are right then, but the rows are too few.</summary>
    private async Task OlderFile(string name)
    {
        var older = (await scene.Store.Newest(Cancellation).ToListAsync(Cancellation))[1];
        var file = (await scene.Store.Read(older, Cancellation)).File(name);
        await ChangeManifest(text =>
        {
            var manifest = JsonNode.Parse(text)!;
            var entry = manifest["files"]!.AsArray().Single(entry => (string)entry!["name"]! == name)!;
            (entry["blob"], entry["bytes"], entry["sha256"]) = (file.Blob, file.Bytes, file.Sha256);
            return manifest.ToJsonString();
        });
    }

    private async Task Rewrite(string name, Func<byte[], byte[]> change)
    {
        var blob = scene.Account.Container("checkpoints").GetBlobClient(name);
        var before = (await blob.DownloadContentAsync(Cancellation)).Value.Content.ToArray();
        var after = change(before);
        Assert.False(before.AsSpan().SequenceEqual(after), "Nothing is damaged.");
        await blob.UploadAsync(BinaryData.FromBytes(after), overwrite: true, Cancellation);
    }
}
