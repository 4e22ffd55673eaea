using System.Collections.Frozen;

namespace ConflictData.Datasets.Counts;

/// <summary>The words that the reading rules know.</summary>
internal static class CountWords
{
    public const string Between = CountRule.Between;

    /// <summary>Words before a number, the longer ones before those that start like them.</summary>
    private static readonly (string[] Words, string Rule)[] Prefixes =
    [
        .. Phrases(CountRule.MoreThan, "more than", "over"),
        .. Phrases(CountRule.AtLeast, "at least", "no fewer than", "no less than", "not fewer than", "not less than"),
        .. Phrases(CountRule.FewerThan, "fewer than", "less than", "under"),
        .. Phrases(CountRule.AtMost, "at most", "no more than", "not more than", "up to", "as many as"),
        .. Phrases(CountRule.About, "about", "around", "some", "approximately", "roughly", "nearly", "almost", "close to"),
        .. Phrases(CountRule.MostOf, "most of the", "most of"),
        .. Phrases(Between, "between"),
    ];

    /// <summary>Words that are a count by themselves, the longer ones before those that start like them.</summary>
    private static readonly (string[] Words, string Rule, long Low)[] Fixed =
    [
        .. Lows(CountRule.TensOfThousands, 20_000, "tens of thousands"),
        .. Lows(CountRule.Dozens, 24, "several dozen", "a few dozen", "dozens"),
        .. Lows(CountRule.Several, 3, "several"),
        .. Lows(CountRule.Tens, 20, "tens"),
        .. Lows(CountRule.Hundreds, 200, "hundreds"),
        .. Lows(CountRule.Thousands, 2_000, "thousands"),
    ];

    /// <summary>Words that make a figure of what they stand beside, and so cannot be part of the noun after it.</summary>
    private static readonly FrozenSet<string> Reserved = FrozenSet.Create(
    [
        .. Words("several dozens tens hundreds thousands millions billions few many most some couple pair pairs score scores double twice times"),
        .. Words("more less fewer than over under least up to about around approximately roughly nearly almost close between from"),
        .. Words("or plus minus out no not only just but except excluding including without maybe perhaps possibly unknown"),
        .. Words("another others additional further each every per percent point a an daily weekly monthly yearly annually"),
        .. Words("halves third thirds quarter quarters fourth fourths fifth fifths sixth sixths seventh sevenths eighth eighths"),
        .. Words("ninth ninths tenth tenths hundredth hundredths thousandth thousandths"),
    ]);

    public static bool IsReserved(string word) => Reserved.Contains(word) || NumberPhrase.IsNumberWord(word);

    /// <summary>The rule of the words before a number, and how many tokens they take; empty where none stands there.</summary>
    public static string FindPrefix(ReadOnlySpan<CountToken> tokens, out int length)
    {
        foreach (var (words, rule) in Prefixes)
        {
            if (StartsWith(tokens, words))
            {
                length = words.Length;
                return rule;
            }
        }

        length = 0;
        return "";
    }

    public static (string Rule, long Low)? FindFixed(ReadOnlySpan<CountToken> tokens, out int length)
    {
        foreach (var (words, rule, low) in Fixed)
        {
            if (StartsWith(tokens, words))
            {
                length = words.Length;
                return (rule, low);
            }
        }

        length = 0;
        return null;
    }

    private static bool StartsWith(ReadOnlySpan<CountToken> tokens, string[] words)
    {
        if (tokens.Length < words.Length)
        {
            return false;
        }

        for (var i = 0; i < words.Length; i++)
        {
            if (!tokens[i].Is(words[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<(string[] Words, string Rule)> Phrases(string rule, params string[] phrases) =>
        phrases.Select(phrase => (phrase.Split(' '), rule));

    private static IEnumerable<(string[] Words, string Rule, long Low)> Lows(string rule, long low, params string[] phrases) =>
        phrases.Select(phrase => (phrase.Split(' '), rule, low));

    private static string[] Words(string words) => words.Split(' ');
}
