using ConflictData.Datasets;
using ConflictData.Query;
using ConflictData.Releases;
using CsCheck;

namespace ConflictData.Tests.Query;

public sealed class ApplyTests
{
    private const string AllPlaces = """SELECT * FROM "Places" ORDER BY _seq""";
    private const string AllActors = """SELECT * FROM "Actors" ORDER BY _seq""";

    private static readonly Gen<Step[][]> Histories =
        Gen.Select(Gen.Bool, Gen.Int[0, 7], Gen.Bool, Gen.Frequency((3, Gen.Const(RevisionAction.Upsert)), (1, Gen.Const(RevisionAction.Retract))), Gen.Int[0, 99])
            .Select((isPlace, id, upper, action, value) => new Step(isPlace, upper ? $"ID{id}" : $"id{id}", action, $"v{value}"))
            .Array[1, 6]
            .Select(steps => steps.DistinctBy(step => (step.IsPlace, step.Id.ToLowerInvariant())).ToArray())
            .Array[1, 12];

    [Fact]
    public async Task Every_release_reads_as_a_plain_model_has_it() =>
        await Histories.SampleAsync(
            async history =>
            {
                await using var engine = EngineReading.NewEngine();
                var log = LogOf(history);
                engine.Apply(log.Commits, CancellationToken.None);
                var model = new SortedDictionary<string, string>(StringComparer.Ordinal);
                for (var release = 1; release <= history.Length; release++)
                {
                    Play(model, history[release - 1]);
                    var read = await engine.Rows($"""SELECT lower("Id"), "Name" FROM "Places" WHERE {EngineSchema.LiveAt("$1")} ORDER BY 1""", release);
                    Assert.Equal(model.Select(pair => $"{pair.Key}={pair.Value}"), read.Select(row => $"{row[0]}={row[1]}"));
                }
            },
            iter: 60, threads: 1);

    [Fact]
    public async Task One_batch_gives_the_same_rows_as_commit_by_commit() =>
        await Histories.SampleAsync(
            async history =>
            {
                await using var batch = EngineReading.NewEngine();
                await using var single = EngineReading.NewEngine();
                var log = LogOf(history);
                batch.Apply(log.Commits, CancellationToken.None);
                foreach (var commit in log.Commits)
                {
                    single.Apply([commit], CancellationToken.None);
                }

                Assert.Equal(await single.Rows(AllPlaces), await batch.Rows(AllPlaces));
                Assert.Equal(await single.Rows(AllActors), await batch.Rows(AllActors));
                foreach (var step in history.SelectMany(steps => steps))
                {
                    var dataset = Catalog.Get(step.IsPlace ? "Places" : "Actors");
                    Assert.Equal(await single.LastOf(dataset, step.Id), await batch.LastOf(dataset, step.Id.ToLowerInvariant()));
                }
            },
            iter: 40, threads: 1);

    [Fact]
    public async Task A_commit_fills_the_system_columns()
    {
        await using var engine = EngineReading.NewEngine();
        var log = new TestLog();
        log.Add([TestLog.Place("p1", "Raqqa")]);
        log.Add([TestLog.Place("p1", "ar-Raqqa", reason: "correction")], TestLog.Start.AddMilliseconds(123));
        engine.Apply(log.Commits, CancellationToken.None);

        var rows = await engine.Rows("""SELECT "Release", "ModifiedAt", "ChangeReason", _seq, _from, _to FROM "Places" ORDER BY _seq""");

        Assert.Equal([1L, TestLog.Start, "new", 1L, 1L, 2L], rows[0]);
        Assert.Equal([2L, TestLog.Start.AddMilliseconds(123), "correction", 2L, 2L, (long)EngineSchema.Open], rows[1]);
    }

    [Fact]
    public async Task A_record_that_comes_back_after_its_retraction_leaves_the_tombstone_dead()
    {
        await using var engine = EngineReading.NewEngine();
        var log = new TestLog();
        log.Add([TestLog.Place("p1", "Raqqa")]);
        log.Add([TestLog.Place("P1", "Raqqa", RevisionAction.Retract)]);
        log.Add([TestLog.Place("p1", "Raqqa again")]);
        foreach (var commit in log.Commits)
        {
            engine.Apply([commit], CancellationToken.None);
        }

        var ends = await engine.Rows("""SELECT _from, _to FROM "Places" ORDER BY _seq""");

        Assert.Equal(["1-2", "2-2", $"3-{EngineSchema.Open}"], ends.Select(row => $"{row[0]}-{row[1]}"));
        Assert.Equal(3, await engine.LastOf(Catalog.Get("Places"), "P1"));
    }

    [Fact]
    public async Task A_thousand_small_commits_stay_in_the_order_of_their_sequence_numbers()
    {
        await using var engine = EngineReading.NewEngine();
        var log = new TestLog();
        for (var release = 0; release < 1000; release++)
        {
            log.Add(Enumerable.Range(0, 10).Select(row => TestLog.Place($"p{(release * 7 + row) % 3000}", $"v{release}")));
            engine.Apply([log.Commits[^1]], CancellationToken.None);
        }

        for (long after = 0; after < 10_000; after += 250)
        {
            var page = await engine.Rows($"""SELECT _seq FROM "Places" WHERE _seq > $1 AND {EngineSchema.LiveAt("$2")} LIMIT 1000""", after, 900);
            Assert.All(page.Zip(page.Skip(1)), pair => Assert.True((long)pair.First[0]! < (long)pair.Second[0]!));
            Assert.All(page, row => Assert.True((long)row[0]! > after));
        }
    }

    [Fact]
    public async Task A_batch_that_does_not_follow_the_head_changes_nothing()
    {
        await using var engine = EngineReading.NewEngine();
        var log = new TestLog();
        log.Add([TestLog.Place("p1", "Raqqa")]);
        log.Add([TestLog.Place("p2", "Homs")]);
        var broken = log.Commits[1] with { Revisions = [] };

        Assert.Throws<InvalidDataException>(() => engine.Apply([log.Commits[1]], CancellationToken.None));
        Assert.Throws<InvalidDataException>(() => engine.Apply([log.Commits[0], broken], CancellationToken.None));

        Assert.Null(engine.History.Head);
        Assert.Null(await engine.LastOf(Catalog.Get("Places"), "p1"));
        Assert.Equal(0L, await engine.Scalar("""SELECT count(*) FROM "Places" """));
        engine.Apply(log.Commits, CancellationToken.None);
        Assert.Equal(2, engine.LastSequence(Catalog.Get("Places")));
    }

    [Fact]
    public async Task A_cancelled_batch_changes_nothing()
    {
        await using var engine = EngineReading.NewEngine();
        var log = new TestLog();
        log.Add([TestLog.Place("p1", "Raqqa")]);

        Assert.Throws<OperationCanceledException>(() => engine.Apply(log.Commits, new(canceled: true)));

        Assert.Null(engine.History.Head);
        Assert.Equal(0L, await engine.Scalar("""SELECT count(*) FROM "Places" """));
        engine.Apply(log.Commits, CancellationToken.None);
        Assert.Equal(1L, await engine.Scalar("""SELECT count(*) FROM "Places" """));
    }

    private static TestLog LogOf(Step[][] history)
    {
        var log = new TestLog();
        foreach (var steps in history)
        {
            log.Add(steps.Select(step => step.IsPlace ? TestLog.Place(step.Id, step.Value, step.Action) : TestLog.Actor(step.Id, step.Value, step.Action)));
        }

        return log;
    }

    private static void Play(SortedDictionary<string, string> places, Step[] steps)
    {
        foreach (var step in steps.Where(step => step.IsPlace))
        {
            places.Remove(step.Id.ToLowerInvariant());
            if (step.Action == RevisionAction.Upsert)
            {
                places.Add(step.Id.ToLowerInvariant(), step.Value);
            }
        }
    }

    private sealed record Step(bool IsPlace, string Id, RevisionAction Action, string Value);
}
