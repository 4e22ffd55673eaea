using PowerBI.Tests.Model.Evaluation;

namespace PowerBI.Tests.Model;

/// <summary>Zones as of a day, in the bundled sample. The expected values were worked out by hand from the brief.</summary>
[Collection(nameof(SampleModel))]
public sealed class ZoneMeasureTests(SampleModel sample)
{
    private static readonly string[] Sure = ["confirmed", "fair", "weak"];

    [Theory]
    [InlineData("al-hasaka", "2021-06-01", "securityVacuum")]
    [InlineData("al-hasaka", "2022-02-01", "control")]
    [InlineData("ghuweiran", "2022-01-20", "securityVacuum")]
    [InlineData("idlib-pocket", "2022-02-01", "hideout")]
    [InlineData("al-qurashi-last-house", "2022-02-01", "hideout")]
    [InlineData("al-qurashi-last-house", "2022-03-01", null)]
    [InlineData("margadeh", "2022-03-01", "stronghold")]
    [InlineData("margadeh", "2022-02-01", "securityVacuum")]
    [InlineData("abu-hardub", "2019-06-01", "stronghold")]
    [InlineData("abu-hardub", "2022-04-01", "stronghold")]
    public void A_place_has_the_kind_of_its_best_supported_zone(string place, string day, string? kind)
    {
        var shown = At(day).Where(new("Place", "PlaceId"), place);
        Assert.Equal(kind, DaxEvaluator.Measure(shown, "Zone kind as of date"));
        Assert.Equal(kind is null ? null : 1m, DaxEvaluator.Measure(shown, "Membership valid"));
    }

    [Fact]
    public void Several_places_have_no_one_kind() => Assert.Null(DaxEvaluator.Measure(At("2022-02-01"), "Zone kind as of date"));

    [Fact]
    public void The_latest_day_is_shown_where_none_is_chosen()
    {
        Assert.Equal(new DateTime(2022, 4, 1), DaxEvaluator.Measure(sample.All, "As of date"));
        Assert.Equal(DaxEvaluator.Measure(At("2022-04-01"), "Places in zones"), DaxEvaluator.Measure(sample.All, "Places in zones"));
    }

    [Theory]
    [InlineData("2018-05-01", "Places in zones as of 2018-05-01: 1")]
    [InlineData("2019-06-01", "Places in zones as of 2019-06-01: 3")]
    [InlineData("2020-02-01", "Places in zones as of 2020-02-01: 3")]
    [InlineData("2021-06-01", "Places in zones as of 2021-06-01: 8")]
    public void The_title_says_how_many_places_lie_in_a_zone(string day, string title) => Assert.Equal(title, DaxEvaluator.Measure(At(day), "Zones title"));

    [Fact]
    public void Places_of_every_day_are_those_that_a_membership_names_then()
    {
        foreach (var day in sample.All.Data.Rows("Zone date").Select(row => (DateTime)row.Value(new("Zone date", "AsOf"))!))
        {
            var places = sample.All.Data.Rows("ZoneMemberships")
                .Where(row => Value(row, "ValidFrom") is null || (DateTime)Value(row, "ValidFrom")! <= day)
                .Where(row => Value(row, "ValidTo") is null || (DateTime)Value(row, "ValidTo")! >= day)
                .Where(row => Sure.Contains(Value(row, "Grade")))
                .Select(row => Value(row, "PlaceId")).Distinct().Count();
            Assert.Equal(places, (decimal?)DaxEvaluator.Measure(At($"{day:yyyy-MM-dd}"), "Places in zones") ?? 0);
        }
    }

    [Theory]
    [InlineData("sweidan", "2022-04-01", 3)]
    [InlineData("abu-hardub", "2022-04-01", 1)]
    [InlineData("ghuweiran", "2022-02-01", 1)]
    [InlineData("al-hasaka", "2022-02-01", 0)]
    [InlineData("al-hasaka", "2018-05-01", null)]
    public void Criteria_count_once_whoever_says_that_they_hold(string place, string day, int? criteria) =>
        Assert.Equal((decimal?)criteria, DaxEvaluator.Measure(At(day).Where(new("Place", "PlaceId"), place), "Criteria said to hold"));

    private static object? Value(DaxRow row, string column) => row.Value(new("ZoneMemberships", column));

    private FilterContext At(string day) => sample.All.Where(new("Zone date", "AsOf"), DateTime.Parse(day));
}
