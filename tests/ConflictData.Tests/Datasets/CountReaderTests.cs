using ConflictData.Datasets.Counts;
using CsCheck;

namespace ConflictData.Tests.Datasets;

public sealed class CountReaderTests
{
    [Theory]
    [InlineData("374", 374, 374, 374, "exact", "exact")]
    [InlineData("three hundred", 300, 300, 300, "exact", "exact")]
    [InlineData("one hundred and seventeen", 117, 117, 117, "exact", "exact")]
    [InlineData("Twenty-seven detention centers", 27, 27, 27, "exact", "exact")]
    [InlineData("half a million dollars", 500_000, 500_000, 500_000, "exact", "exact")]
    [InlineData("6 million", 6_000_000, 6_000_000, 6_000_000, "exact", "exact")]
    [InlineData("two million three hundred thousand and five", 2_300_005, 2_300_005, 2_300_005, "exact", "exact")]
    [InlineData("6,000", 6000, 6000, 6000, "exact", "exact")]
    [InlineData("1\u202F234\u202F567", 1_234_567, 1_234_567, 1_234_567, "exact", "exact")]
    [InlineData("12 300", 12_300, 12_300, 12_300, "exact", "exact")]
    [InlineData("1’000", 1000, 1000, 1000, "exact", "exact")]
    [InlineData("only two prisoners", 2, 2, 2, "exact", "exact")]
    [InlineData("just 12 people", 12, 12, 12, "exact", "exact")]
    [InlineData("374 IS members", 374, 374, 374, "exact", "exact")]
    [InlineData("117 SDF members and prison guards", 117, 117, 117, "exact", "exact")]
    [InlineData("zero", 0, 0, 0, "exact", "exact")]
    [InlineData("40 of the 117", 40, 40, 40, "exact", "nOfM")]
    [InlineData("four out of nine escapees", 4, 4, 4, "exact", "nOfM")]
    [InlineData("more than 30 civilians", 31, null, null, "moreThan", "moreThan")]
    [InlineData("Over USD 1,000", 1001, null, null, "moreThan", "moreThan")]
    [InlineData("30+", 31, null, null, "moreThan", "plus")]
    [InlineData("more than a hundred", 101, null, null, "moreThan", "moreThan")]
    [InlineData("more than a dozen", 13, null, null, "moreThan", "moreThan")]
    [InlineData("at least 12 people", 12, null, null, "atLeast", "atLeast")]
    [InlineData("no fewer than twelve", 12, null, null, "atLeast", "atLeast")]
    [InlineData("fewer than 10 in Manbij", 0, null, 9, "fewerThan", "fewerThan")]
    [InlineData("less than 10", 0, null, 9, "fewerThan", "fewerThan")]
    [InlineData("under ten", 0, null, 9, "fewerThan", "fewerThan")]
    [InlineData("at most 10", 0, null, 10, "atMost", "atMost")]
    [InlineData("no more than 10", 0, null, 10, "atMost", "atMost")]
    [InlineData("up to 4-5", 0, null, 5, "atMost", "atMost")]
    [InlineData("as many as four to five", 0, null, 5, "atMost", "atMost")]
    [InlineData("around 30 arrests", null, 30, null, "about", "about")]
    [InlineData("some 100 km", null, 100, null, "about", "about")]
    [InlineData("nearly four million heads", null, 4_000_000, null, "about", "about")]
    [InlineData("close to 50", null, 50, null, "about", "about")]
    [InlineData("a dozen", null, 12, null, "about", "dozen")]
    [InlineData("about two dozen", null, 24, null, "about", "about")]
    [InlineData("four to five escapees", 4, null, 5, "between", "between")]
    [InlineData("30–40", 30, null, 40, "between", "between")]
    [InlineData("USD 7,000 to 10,000", 7000, null, 10_000, "between", "between")]
    [InlineData("between one hundred and one and one hundred and ten", 101, null, 110, "between", "between")]
    [InlineData("between 30 and 40 fighters", 30, null, 40, "between", "between")]
    [InlineData("several attacks", 3, null, null, "atLeast", "several")]
    [InlineData("dozens", 24, null, null, "atLeast", "dozens")]
    [InlineData("a few dozen prisoners", 24, null, null, "atLeast", "dozens")]
    [InlineData("Several dozen soldiers", 24, null, null, "atLeast", "dozens")]
    [InlineData("tens", 20, null, null, "atLeast", "tens")]
    [InlineData("hundreds of families", 200, null, null, "atLeast", "hundreds")]
    [InlineData("thousands", 2000, null, null, "atLeast", "thousands")]
    [InlineData("tens of thousands of head of cattle", 20_000, null, null, "atLeast", "tensOfThousands")]
    [InlineData("most of the 117 guards", 59, null, 117, "between", "mostOf")]
    [InlineData("most of 1", 1, null, 1, "between", "mostOf")]
    public void Every_rule_reads_its_words(string words, int? low, int? best, int? high, string qualifier, string rule)
    {
        Assert.True(CountReader.Read(words).Succeeded(out var reading, out var refusal), refusal);
        Assert.Equal(new CountReading(new(low, best, high), qualifier, rule), reading);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("no more than a few dozen")]
    [InlineData("more than several")]
    [InlineData("many")]
    [InlineData("a few hundred")]
    [InlineData("several hundred")]
    [InlineData("hundreds of thousands")]
    [InlineData("30 dead and 40 injured")]
    [InlineData("30 dead and several injured")]
    [InlineData("30 or more")]
    [InlineData("more than 40 of the 117")]
    [InlineData("about 30 to 40")]
    [InlineData("more than 30+")]
    [InlineData("a civilian")]
    [InlineData("12 in 2021")]
    [InlineData("1500 000")]
    [InlineData("thousand million")]
    [InlineData("the forty")]
    [InlineData("30 (civilians)")]
    [InlineData("one third of the prisoners")]
    [InlineData("two attacks a day")]
    [InlineData("30 civilians and others")]
    [InlineData("30-")]
    [InlineData("between 30")]
    [InlineData("out of 30")]
    public void What_no_rule_covers_is_refused_with_the_list(string words)
    {
        Assert.False(CountReader.Read(words).Succeeded(out _, out var refusal));
        Assert.Contains("n+", refusal);
        Assert.Contains("vague", refusal);
    }

    [Theory]
    [InlineData("1,5", "decimal comma")]
    [InlineData("1.5 million", "decimal")]
    [InlineData("1,0000", "decimal comma")]
    [InlineData("-5", "negative")]
    [InlineData("−5", "negative")]
    [InlineData("10%", "percentage")]
    [InlineData("40-30", "backwards")]
    [InlineData("50 of the 40", "backwards")]
    [InlineData("fewer than 0", "zero")]
    [InlineData("most of 0", "zero")]
    [InlineData("9223372036854775808", "too large")]
    [InlineData("more than 9223372036854775807", "too large")]
    [InlineData("9223372036854775807 billion", "too large")]
    [InlineData("6m", "runs digits and letters together")]
    public void What_cannot_be_a_count_is_refused_by_name(string words, string named)
    {
        Assert.False(CountReader.Read(words).Succeeded(out _, out var refusal));
        Assert.Contains(named, refusal);
    }

    [Fact]
    public void Any_text_gives_a_sound_count_or_a_refusal() =>
        Gen.OneOf(Gen.String, Words).Sample(words =>
        {
            if (CountReader.Read(words).Succeeded(out var reading, out var refusal))
            {
                Assert.True(reading.Count.IsValid && reading.Count.Class != CountClass.Unnumbered, $"{words}: {reading}");
            }
            else
            {
                Assert.NotEmpty(refusal);
            }
        }, iter: 20_000);

    [Fact]
    public void A_number_reads_the_same_in_digits_with_separators_and_in_words() =>
        Gen.Long[0, 999_999_999].Sample(n =>
        {
            var expected = Count.Exactly(n);
            string[] spellings = [$"{n}", FormattableString.Invariant($"{n:N0}"), Spell(n)];
            Assert.All(spellings, words => Assert.Equal(expected, CountReader.Read(words).Value.Count));
        }, iter: 2_000);

    private static readonly Gen<string> Words = Gen.OneOf(
        "more than", "over", "at least", "fewer than", "under", "up to", "about", "some", "between", "most of", "several", "dozens", "dozen",
        "a", "half", "and", "to", "of", "the", "out of", "-", "+", "30", "1,000", "9223372036854775807", "0", "ten", "forty", "hundred",
        "million", "billion", "civilians", "only", "USD", ",", "tens", "thousands").Array[0, 7].Select(words => string.Join(' ', words));

    private static string Spell(long n) => n switch
    {
        0 => "zero",
        < 20 => new[] { "", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen" }[n],
        < 100 => new[] { "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety" }[(n / 10) - 2] + (n % 10 == 0 ? "" : $"-{Spell(n % 10)}"),
        < 1_000 => $"{Spell(n / 100)} hundred" + (n % 100 == 0 ? "" : $" and {Spell(n % 100)}"),
        < 1_000_000 => $"{Spell(n / 1_000)} thousand" + (n % 1_000 == 0 ? "" : $" {Spell(n % 1_000)}"),
        _ => $"{Spell(n / 1_000_000)} million" + (n % 1_000_000 == 0 ? "" : $" {Spell(n % 1_000_000)}"),
    };
}
