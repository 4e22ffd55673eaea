using System.Globalization;

namespace ConflictData.Datasets.Counts;

/// <summary>
/// Reads the words of a source into bounds and point. README.md in the folder above lists the rules; what they do not
/// cover is refused, never guessed.
/// <para>
/// After the figure a short noun phrase may follow (at most eight words: "more than 30 civilians"). It must hold no digit, no
/// number word and no word that could bound or divide the figure, for then the figure might mean something else.
/// The one exception is "n of m": it reads n, exactly.
/// </para>
/// </summary>
public static class CountReader
{
    /// <summary>What is understood, as refusals list it.</summary>
    public const string Understood =
        "Understood (n in digits or English words): n · more than n, over n, n+ · at least n, no fewer than n · "
        + "fewer than n, less than n, under n · at most n, no more than n, up to n, as many as n · "
        + "about, around, some, approximately, roughly, nearly, almost, close to n, a dozen · n-m, n to m, between n and m · "
        + "several · dozens, a few dozen, several dozen, tens · hundreds, thousands, tens of thousands · most of n · n of m";

    private const int LongestNoun = 8;

    /// <summary>The count that the words say, or why they say none that is understood.</summary>
    public static Reading<CountReading> Read(string words)
    {
        if (long.TryParse(words, NumberStyles.None, CultureInfo.InvariantCulture, out var plain))
        {
            return Exactly(plain, CountRule.Exact);
        }

        if (CountTokens.Cut(words, out var refusal) is not { } cut)
        {
            return Refuse(words, refusal!);
        }

        var tokens = cut.ToArray().AsSpan();
        tokens = tokens is [var first, ..] && (first.Is("only") || first.Is("just")) ? tokens[1..] : tokens;
        return tokens switch
        {
            [] => Refuse(words, "It holds no words."),
            [{ Kind: CountTokenKind.Dash }, { Kind: CountTokenKind.Number }, ..] => Refuse(words, "A count cannot be negative."),
            _ => ReadTokens(words, tokens),
        };
    }

    private static Reading<CountReading> ReadTokens(string words, ReadOnlySpan<CountToken> tokens)
    {
        if (CountWords.FindFixed(tokens, out var length) is { } fixedWords && IsNoun(tokens[length..]))
        {
            return new CountReading(new(fixedWords.Low, null, null), Qualifier.AtLeast, fixedWords.Rule);
        }

        var rule = CountWords.FindPrefix(tokens, out length);
        var figure = Figure.Read(tokens[length..], isBetween: rule == CountWords.Between);
        return figure.Number switch
        {
            null => Refuse(words, "No number stands where one is needed."),
            _ when figure.Number > long.MaxValue || figure.Upper > long.MaxValue => Refuse(words, "The number is too large for a count."),
            _ when figure.Upper < figure.Number => Refuse(words, "The range runs backwards."),
            _ when !IsNoun(figure.Rest) => Refuse(words, "What follows the number could change it."),
            { } n => Bound(words, rule, figure, (long)n, (long?)figure.Upper),
        };
    }

    private static Reading<CountReading> Bound(string words, string rule, Figure figure, long n, long? upper) => (rule, figure.Form) switch
    {
        ("", FigureForm.Number) when figure.InDozens => new CountReading(new(null, n, null), Qualifier.About, CountRule.Dozen),
        ("", FigureForm.Number) => Exactly(n, CountRule.Exact),
        ("", FigureForm.OfTotal) => upper is null ? Refuse(words, "What follows the number could change it.") : Exactly(n, CountRule.PartOfTotal),
        ("", FigureForm.Plus) => MoreThan(words, n, CountRule.Plus),
        ("" or CountWords.Between, FigureForm.Range) => new CountReading(new(n, null, upper), Qualifier.Between, CountRule.Between),
        (CountRule.MoreThan, FigureForm.Number) => MoreThan(words, n, CountRule.MoreThan),
        (CountRule.AtLeast, FigureForm.Number) => new CountReading(new(n, null, null), Qualifier.AtLeast, CountRule.AtLeast),
        (CountRule.FewerThan, FigureForm.Number) when n == 0 => Refuse(words, "Nothing is fewer than zero."),
        (CountRule.FewerThan, FigureForm.Number) => new CountReading(new(0, null, n - 1), Qualifier.FewerThan, CountRule.FewerThan),
        (CountRule.AtMost, FigureForm.Number or FigureForm.Range) => new CountReading(new(0, null, upper ?? n), Qualifier.AtMost, CountRule.AtMost),
        (CountRule.About, FigureForm.Number) => new CountReading(new(null, n, null), Qualifier.About, CountRule.About),
        (CountRule.MostOf, FigureForm.Number) when n == 0 => Refuse(words, "Nothing is most of zero."),
        (CountRule.MostOf, FigureForm.Number) => new CountReading(new((n / 2) + 1, null, n), Qualifier.Between, CountRule.MostOf),
        _ => Refuse(words, "The words bound the number twice."),
    };

    private static CountReading Exactly(long n, string rule) => new(Count.Exactly(n), Qualifier.Exact, rule);

    private static Reading<CountReading> MoreThan(string words, long n, string rule) => n == long.MaxValue
        ? Refuse(words, "The number is too large for a count.")
        : new CountReading(new(n + 1, null, null), Qualifier.MoreThan, rule);

    private static bool IsNoun(ReadOnlySpan<CountToken> tokens)
    {
        var words = 0;
        foreach (var token in tokens)
        {
            var fits = token.Kind switch
            {
                CountTokenKind.Word => words++ < LongestNoun && !CountWords.IsReserved(token.Word),
                CountTokenKind.Dash => words > 0,
                _ => false,
            };
            if (!fits)
            {
                return false;
            }
        }

        return tokens.IsEmpty || tokens[^1].Kind == CountTokenKind.Word;
    }

    private static Reading<CountReading> Refuse(string words, string why) => Reading<CountReading>.Refused(
        $"“{Cut(words)}” cannot be read as a count. {why} {Understood}. Words that name no number can be kept with the Qualifier vague.");

    private static string Cut(string words) => words.Length <= 100 ? words : $"{words.AsSpan(0, 100)}…";
}
