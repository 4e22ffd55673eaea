using System.Text.RegularExpressions;

namespace PowerBI.Tests.Model.Dax;

/// <summary>A word of a DAX text. A name in brackets or quotes comes without them.</summary>
internal readonly partial record struct DaxToken(DaxTokenKind Kind, string Text)
{
    /// <summary>The words of a text, with one that says that it ends.</summary>
    public static IReadOnlyList<DaxToken> Cut(string text)
    {
        var tokens = new List<DaxToken>();
        for (var at = 0; at < text.Length;)
        {
            var match = Word().Match(text, at);
            if (!match.Success)
            {
                throw new DaxException($"Not understood: {text[at..Math.Min(at + 20, text.Length)]}");
            }

            at += match.Length;
            if (match.Groups.Values.Skip(1).FirstOrDefault(group => group.Success) is { } found)
            {
                tokens.Add(new(Enum.Parse<DaxTokenKind>(found.Name), found.Value.Replace("\"\"", "\"").Replace("''", "'").Replace("]]", "]")));
            }
        }

        return [.. tokens, new(DaxTokenKind.End, "the end")];
    }

    public bool Is(string symbol) => Kind == DaxTokenKind.Symbol && Text == symbol;

    public bool IsWord(string word) => Kind == DaxTokenKind.Name && Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("""\G(?:\s+|"(?<Text>(?:[^"]|"")*)"|'(?<Quoted>(?:[^']|'')+)'|\[(?<Bracketed>(?:[^\]]|\]\])+)\]|(?<Number>\d+(?:\.\d+)?)|(?<Name>[A-Za-z_][A-Za-z0-9_.]*)|(?<Symbol>&&|\|\||<>|<=|>=|[-+*/&=<>(),{}]))""")]
    private static partial Regex Word();
}

/// <summary>What a word of DAX is.</summary>
internal enum DaxTokenKind
{
    Text,
    Quoted,
    Bracketed,
    Number,
    Name,
    Symbol,
    End,
}
