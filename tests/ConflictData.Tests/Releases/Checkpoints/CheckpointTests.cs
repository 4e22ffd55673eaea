using ConflictData.Datasets;
using ConflictData.Query;
using ConflictData.Releases;
using ConflictData.Tests.Faults;
using ConflictData.Tests.Query;

namespace ConflictData.Tests.Releases;

/// <summary>What is written, and when it is pointed to.</summary>
public sealed class CheckpointTests(AzuriteFixture azurite)
{
    private readonly CheckpointScene scene = new(azurite);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_manifest_names_every_dataset_and_the_commits_with_their_rows()
    {
        await scene.Begin(1);
        Assert.True(await scene.Write(6));

        var entry = Assert.Single(await scene.Store.Newest(Cancellation).ToListAsync(Cancellation));
        var manifest = await scene.Store.Read(entry, Cancellation);

        Assert.Equal(6, manifest.Release);
        Assert.StartsWith("v1.", manifest.DuckDb);
        Assert.Equal(Catalog.All.Select(dataset => dataset.Name).Append("commits").Order(), manifest.Files.Select(file => file.Name).Order());
        Assert.Equal(scene.Log.Commits.Sum(commit => commit.Revisions.Count) + 6, manifest.Files.Sum(file => file.Rows));
    }

    [Fact]
    public async Task Two_at_once_make_one_and_the_other_leaves_nothing()
    {
        await scene.Begin(2);
        var made = await Task.WhenAll(scene.Write(6), scene.Write(6));
        var blobs = await scene.Blobs();

        Assert.Single(made, true);
        Assert.False(await scene.Write(6));
        Assert.Equal(blobs, await scene.Blobs());
        Assert.Equal(Catalog.All.Count + 2, blobs.Count);
    }

    [Fact]
    public async Task Commits_that_come_while_it_is_made_do_not_show_in_it()
    {
        await scene.Begin(6);
        await using var engine = EngineReading.NewEngine();
        engine.Apply([.. scene.Log.Commits], Cancellation);
        using var stop = new CancellationTokenSource();
        var committing = Task.Run(
            () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    engine.Apply([scene.Log.Add([TestLog.Place("places-1", $"at {scene.Log.Commits.Count}"), TestLog.Place("places-2", "changed")])], Cancellation);
                }
            },
            Cancellation);

        // Every revision of each is compared with the log before it is pointed to.
        for (var made = 0; made < 3; made++)
        {
            var history = engine.History;
            Assert.True((await new CheckpointWriter(engine, scene.Store).Write(history, Cancellation)).Value);
            Assert.True(engine.History.Commits.Count > history.Commits.Count);
        }

        await stop.CancelAsync();
        await committing;
        Assert.Equal(await scene.ColdTables(fromCheckpoint: false), await scene.ColdTables(fromCheckpoint: true));
    }

    [Fact]
    public async Task A_manifest_whose_answer_was_lost_is_known_for_ones_own()
    {
        await scene.Begin(5);
        var sent = 0;
        await using var proxy = new StorageProxy(
            azurite.ConnectionString,
            request => request.Text.Contains("\"duckDb\"", StringComparison.Ordinal) && Interlocked.Increment(ref sent) == 1 ? Fault.DropAnswer : Fault.None);
        var far = new CheckpointStore(scene.AccountAt(proxy.ConnectionString));
        await using var engine = EngineReading.NewEngine();
        engine.Apply([.. scene.Log.Commits], Cancellation);

        Assert.True((await new CheckpointWriter(engine, far).Write(engine.History, Cancellation)).Value);

        Assert.Equal((1, 2), (proxy.Harmed, sent));
        Assert.Equal(await scene.ColdTables(fromCheckpoint: false), await scene.ColdTables(fromCheckpoint: true));
        Assert.StartsWith("Information: Loaded the checkpoint of release 6;", Assert.Single(scene.Lines.All));
    }

    [Theory]
    [InlineData("""UPDATE "Places" SET "Name" = 'x' WHERE _seq = 2""", "Places has at release")]
    [InlineData("""DELETE FROM "Places" WHERE _seq = 2""", "Places has at 2 not what release")]
    [InlineData("""UPDATE "Places" SET _from = 2 WHERE _seq = 1""", "Places has at 1 not what release")]
    [InlineData("""UPDATE "Places" SET "ModifiedAt" = TIMESTAMP '2020-01-01' WHERE _seq = 1""", "Places has at 1 not what release")]
    [InlineData("""UPDATE "Places" SET _to = 2147483647 WHERE _seq = (SELECT min(_seq) FROM "Places" WHERE _to > _from AND _to < 2147483647)""", "do not end where the next one begins")]
    [InlineData("""DELETE FROM "Places" WHERE _seq = (SELECT max(_seq) FROM "Places")""", "Places ends after")]
    [InlineData("""INSERT INTO "Places" SELECT * REPLACE (_seq + 1 AS _seq, 'z' AS "Id") FROM "Places" ORDER BY _seq DESC LIMIT 1""", "Places goes on after")]
    public async Task An_engine_that_does_not_hold_what_the_log_has_makes_none(string damage, string problem)
    {
        await scene.Begin(3);
        await using var engine = EngineReading.NewEngine();
        engine.Apply([.. scene.Log.Commits], Cancellation);
        await engine.Scalar(damage);

        var refusal = await Assert.ThrowsAsync<InvalidDataException>(() => new CheckpointWriter(engine, scene.Store).Write(engine.History, Cancellation));

        Assert.Contains(problem, refusal.Message);
        Assert.Empty(await scene.Store.All(Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task A_checkpoint_that_was_broken_off_is_not_seen()
    {
        await scene.Begin(4);
        await using var engine = EngineReading.NewEngine();
        engine.Apply([.. scene.Log.Commits], Cancellation);
        using var stop = new CancellationTokenSource();
        var writing = new CheckpointWriter(engine, scene.Store).Write(engine.History, stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);

        Assert.Empty(await scene.Store.All(Cancellation).ToListAsync(Cancellation));
        Assert.True(await scene.Write(6));
    }
}
