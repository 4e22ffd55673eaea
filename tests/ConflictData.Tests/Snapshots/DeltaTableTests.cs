using System.Text.Json;
using Azure.Storage.Blobs;
using ConflictData.Datasets;
using ConflictData.Query;
using ConflictData.Releases;
using ConflictData.Snapshots;
using ConflictData.Storage;
using ConflictData.Tests.Query;
using Microsoft.Extensions.Time.Testing;

namespace ConflictData.Tests.Snapshots;

/// <summary>The published Parquet files as Delta Lake tables: whoever replays their log finds each release's rows.</summary>
public sealed class DeltaTableTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly StorageAccount account = new(new Settings { AzureWebJobsStorage = azurite.ConnectionString, StoragePrefix = azurite.NewPrefix() });
    private readonly FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());
    private readonly TestLog log = new();
    private Engine engine = null!;
    private SnapshotStore store = null!;
    private DeltaTables tables = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private BlobContainerClient Container => account.Container("snapshots");

    public async ValueTask InitializeAsync()
    {
        engine = EngineReading.NewEngine(clock: clock);
        store = new SnapshotStore(account, clock);
        tables = new DeltaTables(account, engine) { CheckpointEvery = 2 };
        await Container.CreateAsync(cancellationToken: Cancellation);
    }

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task Each_release_is_a_commit_and_has_exactly_its_rows()
    {
        var releases = new[]
        {
            await Publish(TestLog.Actor("a", "one"), TestLog.Actor("b", "two"), TestLog.Place("p", "shared")),
            await Publish(TestLog.Actor("a", "one", RevisionAction.Retract), TestLog.Actor("c", "three")),
            await Publish(TestLog.Actor("b", "other")),
        };

        foreach (var set in Catalog.Published)
        {
            var table = await DeltaReplay.Of(Container, set.FileName);
            Assert.Equal([1, 2, 3], Enumerable.Range(0, table.Versions).Select(table.Release));
            for (var version = 0; version < 3; version++)
            {
                var rows = releases[version].Find(SnapshotForm.NdJson.FileOf(set))!;
                Assert.Equal(await Ids(rows), (await table.Query(version, set.Columns.Any(column => column.Name == "Id") ? "SELECT \"Id\" FROM files ORDER BY \"Id\"" : "SELECT '' FROM files")));
                Assert.Equal(rows.Rows, Stats(Assert.Single(table.Files(version))));
            }
        }

        var actors = await DeltaReplay.Of(Container, "actors");
        Assert.Equal(["b|other", "c|three"], await actors.Query(2, "SELECT \"Id\", \"Name\" FROM files ORDER BY 1"));
        Assert.Equal(["commitInfo", "protocol", "metaData", "add", "txn"], actors.Kinds(0));
        Assert.Equal(["commitInfo", "remove", "add", "txn"], actors.Kinds(1));
        // What has not changed is the same file, and nothing to read anew.
        Assert.Equal(["commitInfo", "txn"], (await DeltaReplay.Of(Container, "places")).Kinds(2));
    }

    [Fact]
    public async Task The_columns_are_what_the_files_have()
    {
        await Publish(TestLog.Actor("a", "one"), TestLog.Place("p", "x"));

        foreach (var set in Catalog.Published)
        {
            var table = await DeltaReplay.Of(Container, set.FileName);
            var columns = (await table.Query(0, "DESCRIBE SELECT * FROM files")).Select(row => row.Split('|')).Select(cells => (cells[0], cells[1] switch
            {
                "VARCHAR" => "string",
                "BIGINT" => "long",
                "DOUBLE" => "double",
                "BOOLEAN" => "boolean",
                "DATE" => "date",
                "TIMESTAMP WITH TIME ZONE" => "timestamp",
                var other => other,
            }));
            Assert.Equal(columns, table.Columns(0));
        }
    }

    [Fact]
    public async Task A_release_is_appended_once_whoever_does_it_and_an_older_one_never()
    {
        var first = await Publish(TestLog.Actor("a", "one"));
        await Publish(TestLog.Actor("a", "two"));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => tables.Append(first, Cancellation)));

        Assert.Equal(2, (await DeltaReplay.Of(Container, "actors")).Versions);
    }

    [Fact]
    public async Task Writers_that_race_leave_a_log_without_gaps_in_the_order_of_releases()
    {
        await Publish(TestLog.Actor("a", "0"));
        var more = new List<SnapshotManifest>();
        for (var release = 2; release <= 5; release++)
        {
            more.Add(await Publish(append: false, TestLog.Actor("a", $"{release}")));
        }

        await Task.WhenAll(more.SelectMany(manifest => new[] { manifest, manifest }).Select(manifest => new DeltaTables(account, engine).Append(manifest, Cancellation)));

        var table = await DeltaReplay.Of(Container, "actors");
        var releases = Enumerable.Range(0, table.Versions).Select(table.Release).ToList();
        Assert.Equal(releases.Distinct().Order(), releases);
        Assert.Equal(5, releases[^1]);
        Assert.Equal([$"a|{5}"], await table.Query(table.Versions - 1, "SELECT \"Id\", \"Name\" FROM files"));
    }

    [Fact]
    public async Task What_one_left_half_done_the_next_finishes()
    {
        var manifest = await Publish(TestLog.Actor("a", "one"));
        await Container.DeleteBlobAsync("delta/newest", cancellationToken: Cancellation);
        await Container.DeleteBlobAsync("delta/places/_delta_log/00000000000000000000.json", cancellationToken: Cancellation);

        Assert.Null(await tables.Append(manifest, Cancellation));

        Assert.Equal(1, (await DeltaReplay.Of(Container, "places")).Versions);
        Assert.Equal(1, (await DeltaReplay.Of(Container, "actors")).Versions);
    }

    [Fact]
    public async Task A_checkpoint_says_what_the_commits_up_to_it_say()
    {
        for (var release = 1; release <= 4; release++)
        {
            await Publish(TestLog.Actor("a", $"{release}"));
        }

        var table = await DeltaReplay.Of(Container, "actors");
        Assert.Equal("""{"version":2,"size":4}""", await Text("delta/actors/_delta_log/_last_checkpoint"));
        var path = Path.GetTempFileName();
        await Container.GetBlobClient("delta/actors/_delta_log/00000000000000000002.checkpoint.parquet").DownloadToAsync(path, Cancellation);
        var file = Assert.Single(table.Files(2));
        Assert.Equal(
            [$"{file.GetProperty("path")}|{file.GetProperty("size")}|{file.GetProperty("stats")}|3|1|2|{table.Last(2, "metaData")!.Value.GetProperty("schemaString")}|parquet|0"],
            DeltaReplay.Rows($"""
                SELECT any_value("add".path), any_value("add".size), any_value("add".stats), any_value(txn.version), any_value(protocol.minReaderVersion), any_value(protocol.minWriterVersion),
                    any_value("metaData".schemaString), any_value("metaData".format.provider), count("remove")
                FROM read_parquet('{path}')
                """));
        File.Delete(path);
    }

    [Fact]
    public async Task Housekeeping_takes_no_log_away()
    {
        await Publish(TestLog.Actor("a", "one"));
        clock.Advance(TimeSpan.FromDays(30));

        var unused = await store.Unused(Cancellation).Select(file => file.Blob).ToListAsync(Cancellation);

        Assert.Contains(unused, name => name.StartsWith("delta/actors/0000000001-", StringComparison.Ordinal));
        Assert.All(unused, blob => Assert.False(blob.Contains("_delta_log", StringComparison.Ordinal) || blob == "delta/newest", blob));
    }

    private Task<SnapshotManifest> Publish(params Revision[] revisions) => Publish(append: true, revisions);

    private async Task<SnapshotManifest> Publish(bool append, params Revision[] revisions)
    {
        var added = log.Add(revisions);
        engine.Apply([added], Cancellation);
        var manifest = (await new SnapshotPublisher(engine, store, new Settings()).Publish(added.Commit, Cancellation)).Value!;
        if (append)
        {
            Assert.Null(await tables.Append(manifest, Cancellation));
        }

        return manifest;
    }

    private async Task<IEnumerable<string>> Ids(SnapshotFile lines)
    {
        using var reader = new StreamReader(store.Open(lines));
        var text = await reader.ReadToEndAsync(Cancellation);
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonElement.Parse(line).TryGetProperty("Id", out var id) ? id.GetString()! : "")
            .Order(StringComparer.Ordinal);
    }

    private async Task<string> Text(string blob) => (await Container.GetBlobClient(blob).DownloadContentAsync(Cancellation)).Value.Content.ToString();

    private static long Stats(JsonElement file) => JsonElement.Parse(file.GetProperty("stats").GetString()!).GetProperty("numRecords").GetInt64();
}
