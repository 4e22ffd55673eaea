using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.Query;

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
    [InlineData("", null)]
    public void A_name_stands_for_one_release_or_none(string name, int? release)
    {
        var history = History(Noon, Noon.AddHours(1), Noon.AddDays(1));
        var found = ReleaseName.In(history, name, Noon.AddDays(1).AddHours(1));
        Assert.Equal(release, found.Value?.Release);
        Assert.Equal(release is null ? ErrorCode.ReleaseNotFound : null, found.Error?.Code);
    }

    private static ReleaseHistory History(params DateTimeOffset[] times)
    {
        var log = new TestLog();
        return new([.. times.Select(time => log.Add([TestLog.Place("p1", "P")], time).Commit)]);
    }
}
