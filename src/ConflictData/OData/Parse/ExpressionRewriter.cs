using System.Text;
using ConflictData.Api;

namespace ConflictData.OData;

/// <summary>
/// Puts an expression into words that the library's parser knows, piece by piece and outside strings, without reading its
/// grammar: the colons of case become commas; <c>a divby b</c> becomes <c>a mul 1e0 div b</c>, the same by the rules of
/// precedence; an alias that stands for a list is put in its place. And it refuses what is so large that the parser should
/// not see it.
/// </summary>
internal sealed class ExpressionRewriter(string text, RequestOptions options, Settings limits)
{
    private readonly StringBuilder output = new();
    private readonly List<TextEdit> edits = [];
    private readonly Stack<Bracket> open = new();
    private ExpressionPiece before = new("", 0);
    private int parts;

    /// <summary>The depth of the brackets around a $search in the text, which has words of its own; null outside one.</summary>
    private int? search;

    public Result<ExpressionText> Run()
    {
        foreach (var piece in ExpressionPiece.Of(text))
        {
            if (piece.IsBlank)
            {
                output.Append(piece.Text);
                continue;
            }
            if (Read(piece) is { } error)
            {
                return error;
            }
            before = piece;
        }
        return new ExpressionText(text, output.ToString(), edits);
    }

    private ApiError? Read(ExpressionPiece piece)
    {
        search = search is { } depth && open.Count == depth && piece.Text is ";" or ")" ? null : search;
        if (IsPart(piece) && ++parts > limits.MaxExpressionParts)
        {
            return ExpressionErrors.TooManyParts(limits);
        }
        return search is not null ? Copy(piece) : piece.Text switch
        {
            "(" or "[" or "{" => Open(piece),
            ")" or "]" or "}" => Close(piece),
            ":" when InCase => Colon(piece),
            "," when InCase => EndOfPair(piece) ?? Copy(piece),
            "=" when before.Is("search") || before.Is("$search") => StartSearch(piece),
            ['@', ..] => Alias(piece),
            _ when piece.Is("divby") && before.EndsOperand && piece.HasBlanksAround(text) => Replace(piece, "mul 1e0 div"),
            // Where nothing but null tells the type, the library finds a function of our own in the letter case of its name only.
            _ when piece.Is(CaseFunction.Name) && piece.IsCall(text) => Replace(piece, CaseFunction.Name),
            _ when piece.Is("$this") && options.IsNested => Replace(piece, "$it"),
            _ when piece.Is("$it") && options.IsNested => ExpressionErrors.Unsupported("$it within $expand"),
            _ => Copy(piece),
        };
    }

    /// <summary>True for what makes a part of the expression, whatever else does; what the rest comes to is counted once it is bound.</summary>
    private bool IsPart(ExpressionPiece piece) => search is not null || piece.IsOperator || piece.Text switch
    {
        "/" => true,
        "," => open.Count == 0,
        "-" => !before.EndsOperand && !InList,
        _ => false,
    };

    private bool InList => open.TryPeek(out var bracket) && bracket.IsList;

    private bool InCase => open.TryPeek(out var bracket) && bracket.IsCase;

    private ApiError? Copy(ExpressionPiece piece)
    {
        output.Append(piece.Text);
        return null;
    }

    private ApiError? Replace(ExpressionPiece piece, string words)
    {
        edits.Add(new(output.Length, words.Length, piece.Start, piece.Text.Length));
        output.Append(words);
        return null;
    }

    private ApiError? Open(ExpressionPiece piece)
    {
        open.Push(new(IsCase: piece.Text == "(" && before.Is(CaseFunction.Name), IsList: piece.Text == "[" || before.Is("in")));
        return open.Count > limits.MaxExpressionDepth ? ExpressionErrors.TooDeep(limits) : Copy(piece);
    }

    private ApiError? Close(ExpressionPiece piece)
    {
        var error = InCase ? EndOfPair(piece) : null;
        open.TryPop(out _);
        return error ?? Copy(piece);
    }

    private ApiError? Colon(ExpressionPiece piece)
    {
        var pair = open.Pop();
        open.Push(pair with { HasResult = true });
        return pair.HasResult ? Bad($"A pair of case has one colon; there is a second at position {piece.Start}. Put brackets around times.") : Replace(piece, ",");
    }

    private ApiError? EndOfPair(ExpressionPiece piece)
    {
        var pair = open.Pop();
        open.Push(pair with { HasResult = false, Pairs = pair.Pairs + 1 });
        return !pair.HasResult ? Bad($"case takes pairs such as Low gt 1:'many', with a colon between condition and result; there is none before position {piece.Start}.")
            : pair.Pairs == CaseFunction.MaxPairs ? Bad($"A case may have at most {CaseFunction.MaxPairs} pairs; put another case into the result of the last one.")
            : null;
    }

    private ApiError? StartSearch(ExpressionPiece piece)
    {
        search = open.Count;
        return Copy(piece);
    }

    /// <summary>The library takes lists after in as they stand, but no alias for one, nor aliases within them.</summary>
    private ApiError? Alias(ExpressionPiece piece)
    {
        if (options.Outside.Contains(piece.Text))
        {
            return ExpressionErrors.Unsupported($"the alias {piece.Text} within $expand, since it reads the records outside; literals can be passed in");
        }
        if (options.Aliases.GetValueOrDefault(piece.Text) is not { } value)
        {
            return Copy(piece);
        }
        var isList = AliasText.IsList(value);
        return isList && before.Is("in") ? Replace(piece, value)
            : isList ? Bad($"The alias {piece.Text} at position {piece.Start} stands for a list; a list stands after in.")
            : InList && AliasText.IsLiteral(value) ? Replace(piece, value)
            : Copy(piece);
    }

    private static ApiError Bad(string detail) => new(ErrorCode.BadQuery, detail);

    private readonly record struct Bracket(bool IsCase, bool IsList, bool HasResult = false, int Pairs = 0);
}
