using System.Collections;
using ConflictData.Datasets;
using ConflictData.Query;
using ConflictData.Releases;

namespace ConflictData.Tests.Query;

/// <summary>A commit that is written in more than one transaction.</summary>
public sealed class LargeApplyTests
{
    private const int Rows = 40_000;

    private const string State = """SELECT count(*), count(DISTINCT _seq), max(_seq), count(*) FILTER (WHERE _from = 2), min(_to) FROM "Places" """;

    [Fact]
    public async Task What_was_written_before_a_failure_is_seen_by_nobody_and_gone_before_the_next_try()
    {
        await using var engine = EngineReading.NewEngine(new());
        var log = new TestLog();
        engine.Apply([log.Add([TestLog.Place("p0", "before")])], CancellationToken.None);
        var before = await engine.Csv("Places", 1);
        var commit = log.Add([TestLog.Place("p0", "after")]).Commit;
        commit = commit with { Datasets = [commit.Datasets[0] with { Rows = Rows }] };

        Assert.Throws<IOException>(() => engine.Apply([new(commit, new LongPlaces(failsAtSecondLook: true))], CancellationToken.None));

        Assert.Single(engine.History.Commits);
        Assert.Equal(before, await engine.Csv("Places", 1));
        var written = (await engine.Rows(State))[0];
        Assert.True((long)written[3]! is > 0 and < Rows, $"{written[3]} rows were written by then.");
        Assert.Equal((long)EngineSchema.Open, written[4]);

        engine.Apply([new(commit, new LongPlaces(failsAtSecondLook: false))], CancellationToken.None);

        Assert.Equal([1L + Rows, 1L + Rows, 1L + Rows, (long)Rows, 2L], (await engine.Rows(State))[0]);
        Assert.Equal(before, await engine.Csv("Places", 1));
        Assert.Equal(1L + Rows, await engine.LastOf(Catalog.Get("Places"), $"p{Rows - 1}"));
        Assert.Equal(0L, await engine.Scalar("""SELECT count(*) FROM (SELECT _seq, lag(_seq) OVER () AS before FROM "Places") WHERE before >= _seq"""));
    }

    /// <summary>Places with names of 4,000 characters. They are looked at once to see what they are, and again when they are written.</summary>
    private sealed class LongPlaces(bool failsAtSecondLook) : IReadOnlyList<Revision>
    {
        private int looks;

        public int Count => Rows;

        public Revision this[int index] => failsAtSecondLook && ++looks > Rows * 2 - 10
            ? throw new IOException("The disk is gone.")
            : TestLog.Place($"p{index}", $"{index:D8}{new string((char)('a' + (index % 26)), 3_992)}");

        public IEnumerator<Revision> GetEnumerator() => Enumerable.Range(0, Count).Select(index => this[index]).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
