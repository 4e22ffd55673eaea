namespace ConflictData.Datasets.Counts;

internal enum FigureForm
{
    /// <summary>n</summary>
    Number,

    /// <summary>n+</summary>
    Plus,

    /// <summary>n-m, n to m, and after "between": n and m</summary>
    Range,

    /// <summary>n of m, n out of m</summary>
    OfTotal,
}

/// <summary>The number or range at the start of the tokens, and what is left after it.</summary>
internal readonly ref struct Figure
{
    public Int128? Number { get; private init; }

    /// <summary>The second number of a range or of "n of m".</summary>
    public Int128? Upper { get; private init; }

    public FigureForm Form { get; private init; }

    public bool InDozens { get; private init; }

    public ReadOnlySpan<CountToken> Rest { get; private init; }

    public static Figure Read(ReadOnlySpan<CountToken> tokens, bool isBetween)
    {
        if (isBetween)
        {
            return ReadBetween(tokens);
        }

        var number = NumberPhrase.Read(tokens);
        var rest = tokens[number.Length..];
        return number.Length == 0
            ? default
            : rest switch
            {
                [{ Kind: CountTokenKind.Plus }, ..] => new() { Number = number.Value, Form = FigureForm.Plus, Rest = rest[1..] },
                [{ Kind: CountTokenKind.Dash }, ..] when NumberPhrase.Read(rest[1..]).Length > 0 => Join(number, rest[1..], FigureForm.Range),
                [{ Word: "to" }, ..] => Join(number, rest[1..], FigureForm.Range),
                [{ Word: "out" }, { Word: "of" }, ..] => Join(number, SkipArticle(rest[2..]), FigureForm.OfTotal),
                [{ Word: "of" }, ..] when NumberPhrase.Read(SkipArticle(rest[1..])).Length > 0 => Join(number, SkipArticle(rest[1..]), FigureForm.OfTotal),
                _ => new() { Number = number.Value, InDozens = number.InDozens, Rest = rest },
            };
    }

    /// <summary>n and m, where the first "and" that leaves a whole number on its left is the one that divides.</summary>
    private static Figure ReadBetween(ReadOnlySpan<CountToken> tokens)
    {
        var found = default(Figure);
        for (var and = 1; and < tokens.Length; and++)
        {
            if (!tokens[and].Is("and") || NumberPhrase.Read(tokens[..and]) is var low && low.Length != and)
            {
                continue;
            }

            var high = NumberPhrase.Read(tokens[(and + 1)..]);
            var rest = tokens[(and + 1 + high.Length)..];
            if (high.Length > 0 && !(rest is [var next, ..] && (next.Is("and") || NumberPhrase.IsNumberWord(next.Word))))
            {
                found = new() { Number = low.Value, Upper = high.Value, Form = FigureForm.Range, Rest = rest };
            }
        }

        return found;
    }

    private static Figure Join(NumberPhrase number, ReadOnlySpan<CountToken> tokens, FigureForm form)
    {
        var second = NumberPhrase.Read(tokens);
        return second.Length == 0
            ? default
            : new() { Number = number.Value, Upper = second.Value, Form = form, Rest = tokens[second.Length..] };
    }

    private static ReadOnlySpan<CountToken> SkipArticle(ReadOnlySpan<CountToken> tokens) =>
        tokens is [{ Word: "the" or "all" or "these" or "those" or "its" or "their" }, ..] ? tokens[1..] : tokens;
}
