using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.Query;
using ConflictData.Releases;

namespace ConflictData.Tests.Query;

public sealed class ReleaseHistoryTests
{
    private static readonly DateTimeOffset Noon = TestLog.Start;

    private static readonly Dataset Places = Catalog.Get("Places");
    private static readonly Dataset Actors = Catalog.Get("Actors");

    [Fact]
    public void An_instant_names_the_newest_release_committed_by_then()
    {
        var history = History(Noon, Noon.AddHours(1), Noon.AddHours(2));
        Assert.Null(history.At(Noon.AddTicks(-1)));
        Assert.Equal(1, history.At(Noon)?.Release);
        Assert.Equal(1, history.At(Noon.AddMinutes(59))?.Release);
        Assert.Equal(3, history.At(Noon.AddYears(1))?.Release);
    }

    [Fact]
    public void Daily_is_the_newest_release_before_the_last_midnight_in_UTC()
    {
        var midnight = new DateTimeOffset(2026, 1, 11, 0, 0, 0, TimeSpan.Zero);
        var history = History(Noon, midnight.AddMilliseconds(-1), midnight);
        Assert.Equal(2, history.Daily(midnight)?.Release);
        Assert.Equal(2, history.Daily(midnight.AddHours(23.9))?.Release);
        Assert.Equal(2, history.Daily(midnight.AddHours(2).ToOffset(TimeSpan.FromHours(-5)))?.Release);
        Assert.Equal(3, history.Daily(midnight.AddDays(1))?.Release);
        Assert.Equal(1, history.Daily(Noon.AddHours(1))?.Release);
        Assert.Null(ReleaseHistory.Empty.Daily(midnight));
    }

    [Fact]
    public void The_effective_release_is_the_last_one_that_touched_what_is_read()
    {
        var log = new TestLog();
        log.Add([TestLog.Actor("a1", "A")]);
        log.Add([TestLog.Place("p1", "P"), TestLog.Place("p2", "P")]);
        log.Add([TestLog.Actor("a2", "A")]);
        log.Add([TestLog.Place("p3", "P")]);
        var history = new ReleaseHistory([.. log.Commits.Select(item => item.Commit)]);

        Assert.Equal([0, 2, 2, 4], Enumerable.Range(1, 4).Select(release => history.EffectiveRelease(release, [Places])));
        Assert.Equal([1, 2, 3, 4], Enumerable.Range(1, 4).Select(release => history.EffectiveRelease(release, [Places, Actors])));
        Assert.Equal(0, history.EffectiveRelease(4, [Catalog.Get("Zones")]));
        Assert.Equal([0, 2, 2, 3], Enumerable.Range(1, 4).Select(release => (int)history.LastSequence(Places, release)));
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("3", 3)]
    [InlineData("latest", 3)]
    [InlineData("daily", 2)]
    [InlineData("2026-01-10T12:00:00Z", 1)]
    [InlineData("2026-01-10T11:59:59.9999999Z", null)]
    [InlineData("2026-01-10T14:00:00+02:00", 1)]
    [InlineData("2026-01-10T14:00:00 02:00", 1)]
    [InlineData("2026-01-10t13:30z", 2)]
    [InlineData("2030-01-01T00:00:00.123Z", 3)]
    [InlineData("2030-01-01T00:00:00", null)]
    [InlineData("2030-01-01", null)]
    [InlineData("0", null)]
    [InlineData("4", null)]
    [InlineData("-1", null)]
    [InlineData("99999999999999", null)]
    [InlineData("Latest", null)]
    [InlineData("Spring", 2)]
    [InlineData("sPrInG", 2)]
    [InlineData("2026-Q1", 1)]
    [InlineData("Gone", null)]
    [InlineData("Ahead", null)]
    [InlineData("Autumn", null)]
    [InlineData("", null)]
    public void A_name_stands_for_one_release_or_none(string name, int? release)
    {
        var log = new TestLog();
        ReleaseHistory history = new([.. History(Noon, Noon.AddHours(1), Noon.AddDays(1)).Commits], Tags(log, ("Spring", 1), ("Spring", 2), ("2026-Q1", 1), ("Gone", 1), ("Gone", null), ("Ahead", 9)));
        var found = ReleaseName.In(history, name, Noon.AddDays(1).AddHours(1));
        Assert.Equal(release, found.Value?.Release);
        Assert.Equal(release is null ? ErrorCode.ReleaseNotFound : null, found.Error?.Code);
    }

    [Fact]
    public void What_tells_of_tags_is_as_old_as_the_last_tag_up_to_its_release()
    {
        var log = new TestLog();
        log.Add([TestLog.Place("p1", "P")]);
        log.Add([TestLog.Actor("a1", "A")]);
        log.Add([TestLog.Actor("a2", "A")]);
        var totals = Catalog.FindSet("TotalsByTag")!;
        ReleaseHistory history = new([.. log.Commits.Select(item => item.Commit)], Tags(log, ("a", 1), ("b", 3), ("a", 2), ("b", null)));

        Assert.Equal([new(1), new(1, 1), new(1, 1), new(1, 3), new(1, 3)], Enumerable.Range(0, 5).Select(tags => history.Effective(new(1, tags), [totals])));
        Assert.Equal([new(1), new(1, 1), new(3, 2), new(3, 3), new(2, 4)], Enumerable.Range(0, 5).Select(tags => history.Effective(new(3, tags), [totals])));
        Assert.Equal([new(1), new(1), new(1)], Enumerable.Range(1, 3).Select(release => history.Effective(new(release, 4), [Places])));
        Assert.Equal(log.Tags.Moves[2].MovedAt, history.ChangedAt(new(3, 3), [totals]));
        Assert.Equal(Noon, history.ChangedAt(new(3, 0), [totals]));
        Assert.Equal(Noon, history.ChangedAt(new(3, 4), [Places]));
    }

    private static TagHistory Tags(TestLog log, params (string Tag, int? Release)[] moves)
    {
        Array.ForEach(moves, move => log.Tag(move.Tag, move.Release));
        return log.Tags;
    }

    private static ReleaseHistory History(params DateTimeOffset[] times)
    {
        var log = new TestLog();
        return new([.. times.Select(time => log.Add([TestLog.Place("p1", "P")], time).Commit)]);
    }
}
