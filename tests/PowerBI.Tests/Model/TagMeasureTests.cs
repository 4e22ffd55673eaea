using PowerBI.Tests.Model.Evaluation;

namespace PowerBI.Tests.Model;

/// <summary>What moved from tag to tag, over rows as TotalsByTag has them.</summary>
public class TagMeasureTests
{
    // first and second stand on releases 1 and 3; again and twice both on release 5.
    private static readonly FilterContext All = new(new(ModelFiles.Model, new Dictionary<string, IReadOnlyList<IReadOnlyDictionary<string, object?>>>(StringComparer.OrdinalIgnoreCase)
    {
        ["Month"] = [Row(("Month", "2022-01")), Row(("Month", "2022-02"))],
        ["TotalsByTag"] =
        [
            Group("first", 1, "killed", "2022-01", 522, null), Group("first", 1, "injured", "2022-01", 10, 10),
            Group("second", 3, "killed", "2022-01", 530, null), Group("second", 3, "killed", "2022-02", 4, 6), Group("second", 3, "injured", "2022-01", 10, 12),
            Group("again", 5, "killed", "2022-01", 540, 560), Group("again", 5, "injured", "2022-01", 10, 12), Group("again", 5, "missing", "2022-01", null, null, about: 50, unnumbered: 2),
            Group("twice", 5, "killed", "2022-01", 540, 560), Group("twice", 5, "injured", "2022-01", 10, 12), Group("twice", 5, "missing", "2022-01", null, null, about: 50, unnumbered: 2),
        ],
    }), []);

    [Theory]
    [InlineData("first", "killed", "522+", null, null, "522+, no earlier tag")]
    [InlineData("second", "killed", "534+", 12, null, "522+ → 534+")]
    [InlineData("second", "injured", "10–12", 0, 2, "10 → 10–12")]
    [InlineData("again", "killed", "540–560", 6, null, "534+ → 540–560")]
    [InlineData("twice", "injured", "10–12", 0, 0, "10–12, unchanged")]
    [InlineData("again", "missing", "≈50, 2 without a number", null, null, "0 → ≈50, 2 without a number")]
    [InlineData("second", "missing", null, null, null, null)]
    [InlineData(null, "killed", "540–560", 6, null, "534+ → 540–560")]
    public void A_tag_is_compared_with_the_one_before_it(string? tag, string outcome, string? total, int? low, int? high, string? change)
    {
        var shown = Shown(tag, outcome);
        Assert.Equal(total, DaxEvaluator.Measure(shown, "Tag total"));
        Assert.Equal((decimal?)low, DaxEvaluator.Measure(shown, "Change low since previous tag"));
        Assert.Equal((decimal?)high, DaxEvaluator.Measure(shown, "Change high since previous tag"));
        Assert.Equal(change, DaxEvaluator.Measure(shown, "Change since previous tag"));
    }

    [Theory]
    [InlineData("first", null)]
    [InlineData("second", "first")]
    [InlineData("again", "second")]
    [InlineData("twice", "second")]
    [InlineData(null, "second")]
    public void The_tag_before_is_of_an_earlier_release_whatever_else_is_chosen(string? tag, string? previous)
    {
        Assert.Equal(previous, DaxEvaluator.Measure(Shown(tag, null), "Previous tag"));
        Assert.Equal(previous, DaxEvaluator.Measure(Shown(tag, "missing").Where(new("Month", "Month"), "2022-02"), "Previous tag"));
    }

    [Fact]
    public void A_month_that_is_new_came_from_nothing()
    {
        var february = Shown("second", "killed").Where(new("Month", "Month"), "2022-02");
        Assert.Equal("0 → 4–6", DaxEvaluator.Measure(february, "Change since previous tag"));
        Assert.Equal((4m, 6m), (DaxEvaluator.Measure(february, "Change low since previous tag"), DaxEvaluator.Measure(february, "Change high since previous tag")));
    }

    [Fact]
    public void Outcomes_are_never_mixed()
    {
        foreach (var measure in (string[])["Tag total", "Tag low", "Tag high", "Change low since previous tag", "Change high since previous tag", "Change since previous tag"])
        {
            Assert.Null(DaxEvaluator.Measure(Shown("second", null), measure));
        }
    }

    private static FilterContext Shown(string? tag, string? outcome)
    {
        var shown = tag is null ? All : All.Where(new("TotalsByTag", "Tag"), tag);
        return outcome is null ? shown : shown.Where(new("TotalsByTag", "Outcome"), outcome);
    }

    private static Dictionary<string, object?> Group(string tag, int release, string outcome, string month, int? low, int? high, int? about = null, int unnumbered = 0) => Row(
        ("Tag", tag), ("Release", (decimal)release), ("Dataset", "Casualties"), ("Outcome", outcome), ("MonthKey", month),
        ("Low", (decimal?)low), ("High", (decimal?)high), ("About", (decimal?)about), ("Unnumbered", (decimal)unnumbered));

    private static Dictionary<string, object?> Row(params (string Name, object? Value)[] values) => values.ToDictionary(value => value.Name, value => value.Value, StringComparer.OrdinalIgnoreCase);
}
