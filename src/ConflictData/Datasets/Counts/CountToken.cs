using System.Globalization;

namespace ConflictData.Datasets.Counts;

internal enum CountTokenKind
{
    Word,
    Number,
    Dash,
    Plus,
}

/// <param name="Kind">What it is.</param>
/// <param name="Word">A word in lower case; empty for the other kinds.</param>
/// <param name="Value">The value of a number in digits.</param>
internal readonly record struct CountToken(CountTokenKind Kind, string Word, long Value)
{
    public bool Is(string word) => Kind == CountTokenKind.Word && Word == word;
}

/// <summary>Cuts the words of a count into words, numbers in digits, dashes and plus signs. Anything else is refused by name.</summary>
internal static class CountTokens
{
    private static readonly HashSet<string> Currencies = ["usd", "eur", "gbp", "iqd", "syp"];

    /// <summary>The tokens, or null with the reason.</summary>
    public static List<CountToken>? Cut(string words, out string? refusal)
    {
        var text = Normalise(words);
        var tokens = new List<CountToken>();
        refusal = null;
        for (var at = 0; at < text.Length && refusal is null;)
        {
            at = text[at] switch
            {
                ' ' => at + 1,
                '-' => Add(tokens, new(CountTokenKind.Dash, "", 0), at + 1),
                '+' => Add(tokens, new(CountTokenKind.Plus, "", 0), at + 1),
                '$' or '€' or '£' when at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]) => at + 1,
                >= '0' and <= '9' => CutNumber(text, at, tokens, out refusal),
                _ when char.IsLetter(text[at]) => CutWord(text, at, tokens),
                _ => Refuse(text, at, out refusal),
            };
        }

        return refusal is null ? DropCurrencies(tokens) : null;
    }

    private static string Normalise(string words) => string.Create(words.Length, words, static (target, source) =>
    {
        for (var i = 0; i < source.Length; i++)
        {
            target[i] = source[i] switch
            {
                '‐' or '‑' or '‒' or '–' or '—' or '―' or '−' => '-',
                '’' or '‘' or 'ʼ' => '\'',
                '\u00A0' or '\u2009' or '\u202F' or '\r' or '\n' or '\t' => ' ',
                var c => char.ToLowerInvariant(c),
            };
        }
    });

    private static int Add(List<CountToken> tokens, CountToken token, int next)
    {
        tokens.Add(token);
        return next;
    }

    private static int CutWord(string text, int start, List<CountToken> tokens)
    {
        var end = start + 1;
        while (end < text.Length && IsInWord(text, end))
        {
            end++;
        }

        return Add(tokens, new(CountTokenKind.Word, text[start..end], 0), end);
    }

    /// <summary>Letters, the marks that some scripts put on them, and an apostrophe between letters.</summary>
    private static bool IsInWord(string text, int at) =>
        char.IsLetter(text[at])
        || char.GetUnicodeCategory(text[at]) == UnicodeCategory.NonSpacingMark
        || (text[at] == '\'' && at + 1 < text.Length && char.IsLetter(text[at + 1]));

    private static int CutNumber(string text, int start, List<CountToken> tokens, out string? refusal)
    {
        var end = DigitsEnd(text, start);
        var groups = end - start <= 3 && text[start] != '0' ? GroupsEnd(text, end) : end;
        var after = groups < text.Length ? text[groups] : ' ';
        var digits = text[start..groups].Replace(",", "").Replace("'", "").Replace(" ", "");
        refusal = (after, long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value)) switch
        {
            ('.' or ',' or '\'', _) when groups + 1 < text.Length && char.IsAsciiDigit(text[groups + 1]) =>
                $"“{text[start..DigitsEnd(text, groups + 1)]}” is not a whole number with its thousands in threes; decimal commas and decimal points are not read.",
            (_, false) => $"{digits} is too large for a count.",
            _ when char.IsLetter(after) => $"“{text[start..(groups + 1)]}” runs digits and letters together.",
            _ => null,
        };
        return Add(tokens, new(CountTokenKind.Number, "", value), groups);
    }

    /// <summary>The end of the groups of three that follow the first digits: one separator throughout, and a space only where it can be nothing else.</summary>
    private static int GroupsEnd(string text, int end)
    {
        var separator = end < text.Length ? text[end] : '\0';
        if (separator is not (',' or '\'' or ' '))
        {
            return end;
        }

        var groups = end;
        while (groups < text.Length && text[groups] == separator && DigitsEnd(text, groups + 1) == groups + 4)
        {
            groups += 4;
        }

        return groups;
    }

    private static int DigitsEnd(string text, int at)
    {
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at;
    }

    private static int Refuse(string text, int at, out string? refusal)
    {
        refusal = text[at] == '%' ? "A percentage is not a count." : $"The character “{text[at]}” has no place in a count.";
        return text.Length;
    }

    private static List<CountToken> DropCurrencies(List<CountToken> tokens)
    {
        for (var i = tokens.Count - 2; i >= 0; i--)
        {
            if (tokens[i + 1].Kind == CountTokenKind.Number && Currencies.Contains(tokens[i].Word))
            {
                tokens.RemoveAt(i);
            }
        }

        return tokens;
    }
}
