using ConflictData.Api;
using ConflictData.Releases;

namespace ConflictData.Tests.Releases;

/// <summary>Names, orders and states of tags: rules without storage.</summary>
public sealed class TagOrderTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2022-Q1", true)]
    [InlineData("a", true)]
    [InlineData("v1.0_final-2", true)]
    [InlineData("0x", true)]
    [InlineData("", false)]
    [InlineData("1", false)]
    [InlineData("2022-01", false)]
    [InlineData("2022.1", false)]
    [InlineData("-a", false)]
    [InlineData(".a", false)]
    [InlineData("a b", false)]
    [InlineData("a/b", false)]
    [InlineData("a:b", false)]
    [InlineData("é", false)]
    [InlineData("aé", false)]
    [InlineData("a\n", false)]
    [InlineData("latest", false)]
    [InlineData("LATEST", false)]
    [InlineData("Daily", false)]
    [InlineData("latest2", true)]
    public void A_name_follows_the_rule_or_is_none(string name, bool isValid) => Assert.Equal(isValid, TagName.IsValid(name));

    [Fact]
    public void A_name_has_at_most_64_characters()
    {
        Assert.True(TagName.IsValid(new string('a', 64)));
        Assert.False(TagName.IsValid(new string('a', 65)));
    }

    [Fact]
    public void A_release_takes_50_tags_and_no_more()
    {
        var tags = Tags(Enumerable.Range(1, TagOrder.MostTagsOfRelease).Select(n => ($"t{n}", (int?)1)));

        Assert.Equal(ErrorCode.Conflict, Put(tags, "one-more", 1).Error?.Code);
        Assert.Equal(ErrorCode.Conflict, Put(Tags([("elsewhere", 2)], tags), "elsewhere", 1).Error?.Code);
        Assert.Null(Put(tags, "t7", 1).Error);
        Assert.Null(Put(tags, "one-more", 2).Error);
    }

    [Fact]
    public void No_more_than_500_tags_stand_at_once_but_those_that_do_still_move()
    {
        var tags = Tags(Enumerable.Range(1, TagOrder.MostTags).Select(n => ($"t{n}", (int?)n)));

        Assert.Equal(ErrorCode.Conflict, Put(tags, "one-more", 1).Error?.Code);
        Assert.Null(Put(tags, "t1", 2).Error);
        Assert.Null(Put(Tags([("t1", null)], tags), "one-more", 1).Error);
    }

    [Fact]
    public void A_state_is_that_of_its_version_for_ever()
    {
        var tags = Tags([("b", 1), ("A", 1), ("b", 2), ("A", null)]);

        Assert.Equal(["A", "b"], tags.At(2).On(1));
        Assert.Equal(["A"], tags.At(3).On(1));
        Assert.Equal(["b"], tags.At(3).On(2));
        Assert.Empty(tags.On(1));
        Assert.Equal(["b"], tags.On(2));
        Assert.Equal(1, tags.Count);
        Assert.Equal([1, 2, 3, 4], tags.Of(1).Select(move => move.Version));
        Assert.Equal([3], tags.Of(2).Select(move => move.Version));
        Assert.Equal((2, 0), (tags.LastTagged(5), tags.LastTagged(1)));
    }

    [Fact]
    public void Moves_that_are_known_are_passed_over_and_a_gap_is_not()
    {
        var tags = Tags([("a", 1), ("b", 1), ("c", 1)]);

        Assert.Same(tags, tags.With(tags.Moves));
        Assert.Equal(3, tags.At(1).With(tags.Moves).Version);
        Assert.Throws<InvalidDataException>(() => tags.At(1).With(tags.Moves.Skip(2)));
    }

    private static Result<TagMove> Put(TagHistory tags, string tag, int release) =>
        new TagOrder(tag, release, TakesAway: false, "curator", null).Decide(tags, "m", Now);

    private static TagHistory Tags(IEnumerable<(string Tag, int? Release)> moves, TagHistory? before = null)
    {
        var all = (before ?? TagHistory.Empty).Moves.ToList();
        foreach (var (tag, release) in moves)
        {
            all.Add(new TagMove
            {
                Version = all.Count + 1,
                Id = $"m{all.Count}",
                Tag = tag,
                From = all.LastOrDefault(move => move.Tag == tag)?.To,
                To = release,
                MovedAt = Now.AddMinutes(all.Count),
                Owner = "curator",
            });
        }

        return TagHistory.Empty.With(all);
    }
}
