using ConflictData.Datasets.Counts;
using CsCheck;

namespace ConflictData.Tests.Datasets;

public sealed class CountCheckTests
{
    [Theory]
    [InlineData(null, 374, 374, 374, "exact", "374/374/374")]
    [InlineData("exact", null, 374, null, "exact", "374/374/374")]
    [InlineData(null, null, 50, null, "about", "–/50/–")]
    [InlineData(null, 31, null, null, "atLeast", "31/–/–")]
    [InlineData("moreThan", 31, null, null, "moreThan", "31/–/–")]
    [InlineData(null, null, null, 9, "atMost", "0/–/9")]
    [InlineData("fewerThan", null, null, 9, "fewerThan", "0/–/9")]
    [InlineData(null, 30, null, 40, "between", "30/–/40")]
    [InlineData(null, 30, 35, 40, "between", "30/35/40")]
    public void Numbers_alone_give_their_qualifier(string? qualifier, int? low, int? best, int? high, string derived, string count)
    {
        Assert.Null(CountCheck.Settle(new(null, qualifier, new(low, best, high), HasNote: false), out var settled));
        Assert.Equal((derived, count, "numbers"), (settled.Qualifier, settled.Count.ToString(), settled.Rule));
    }

    [Theory]
    [InlineData(null, null, null, null, null, "noCount")]
    [InlineData(null, "vague", null, null, null, "noCount")]
    [InlineData(null, null, 5, 4, 6, "badCount")]
    [InlineData(null, null, 5, null, 4, "badCount")]
    [InlineData(null, null, 5, 6, null, "badCount")]
    [InlineData(null, "about", 5, null, null, "qualifierContradicts")]
    [InlineData(null, "exact", 5, null, 6, "qualifierContradicts")]
    [InlineData(null, "vague", 5, null, null, "qualifierContradicts")]
    [InlineData(null, "atMost", 5, null, 6, "qualifierContradicts")]
    [InlineData("30", "about", null, null, null, "qualifierContradicts")]
    [InlineData("30", "vague", null, null, null, "qualifierContradicts")]
    [InlineData("a few hundred", null, null, null, null, "unreadableCount")]
    [InlineData("more than 30", null, 30, null, null, "noteRequired")]
    [InlineData("more than 30", "atLeast", 31, null, null, "noteRequired")]
    [InlineData("a few hundred", null, 200, null, null, "noteRequired")]
    public void What_does_not_make_a_count_is_named(string? words, string? qualifier, int? low, int? best, int? high, string code) =>
        Assert.Equal(code, CountCheck.Settle(new(words, qualifier, new(low, best, high), HasNote: false), out _)?.Code);

    [Theory]
    [InlineData("more than 30", 31, "moreThan 31/–/– moreThan")]
    [InlineData("374", 374, "exact 374/374/374 exact")]
    [InlineData("more than 30", 40, "atLeast 40/–/– curated")]
    [InlineData("a few hundred", 200, "atLeast 200/–/– curated")]
    [InlineData("a few hundred", null, "vague –/–/– vague")]
    public void Words_and_numbers_are_one_count(string words, int? low, string expected)
    {
        var qualifier = low is null ? "vague" : null;
        Assert.Null(CountCheck.Settle(new(words, qualifier, new(low, null, null), HasNote: true), out var settled));
        Assert.Equal(expected, $"{settled.Qualifier} {settled.Count} {settled.Rule}");
    }

    [Fact]
    public void A_settled_count_that_is_sent_back_settles_the_same() =>
        Gen.Select(
            Gen.OneOf(null, "374", "30", "more than 30", "fewer than 10", "about 30", "30-40", "several", "many", "up to 9"),
            Gen.OneOf(null, null, "exact", "atLeast", "moreThan", "atMost", "fewerThan", "about", "between", "vague"),
            Gen.Select(Number, Number, Number)).Sample((words, qualifier, numbers) =>
        {
            var given = new GivenCount(words, qualifier, new(numbers.Item1, numbers.Item2, numbers.Item3), HasNote: true);
            if (CountCheck.Settle(given, out var settled) is null)
            {
                Assert.True(settled.Count.IsValid, settled.ToString());
                Assert.Null(CountCheck.Settle(given with { Qualifier = settled.Qualifier, Given = settled.Count }, out var again));
                Assert.Equal(settled, again);
            }
        }, iter: 20_000);

    private static readonly Gen<long?> Number = Gen.OneOf(null, null, 0L, 3L, 9L, 30L, 31L, (long?)40L);
}
