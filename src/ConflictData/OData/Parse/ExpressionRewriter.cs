using ConflictData.Api;

namespace ConflictData.OData;

/// <summary>
/// Puts an expression into words that the library's parser knows, piece by piece and outside strings, without reading its
/// grammar: the colons of case become commas; <c>a divby b</c> becomes <c>a mul 1e0 div b</c>, the same by the rules of
/// precedence; in becomes a function, its list a string; comparisons beside eq and ne get brackets. And it refuses what is so large
/// that the parser should not see it.
/// </summary>
internal sealed class ExpressionRewriter(string text, RequestOptions options, Settings limits)
{
    private readonly ExpressionPiece[] pieces = [.. ExpressionPiece.Of(text)];
    private readonly RewrittenText output = new();
    private readonly Stack<ExpressionLevel> open = new([new ExpressionLevel()]);
    private ExpressionPiece before = new("", 0);
    private int at;
    private int parts;

    /// <summary>Where what was written last ends, without white space.</summary>
    private int end;

    /// <summary>The depth of the brackets around a $search in the text, which has words of its own; null outside one.</summary>
    private int? search;

    private ExpressionLevel Level => open.Peek();

    public Result<ExpressionText> Run()
    {
        for (; at < pieces.Length; at++)
        {
            var piece = pieces[at];
            if (piece.IsBlank)
            {
                output.Append(piece.Text);
                continue;
            }
            Follow(piece);
            if (Read(piece) is { } error)
            {
                return error;
            }
            (before, end) = (pieces[at], output.Length);
        }
        Level.End(end, output);
        return new ExpressionText(text, output.ToString(), output.Edits);
    }

    /// <summary>Keeps account of operands and of the comparisons that they are in.</summary>
    private void Follow(ExpressionPiece piece)
    {
        if (search is not null)
        {
            return;
        }
        if (EndsComparison(piece))
        {
            end += Level.End(end, output);
        }
        else if (piece.IsOperator && before.EndsOperand)
        {
            Level.Take(piece, end);
        }
        else if (!GoesOn(piece))
        {
            Level.Begin(output.Length);
        }
    }

    /// <summary>True for what stands between expressions, such as and, a comma, or the as behind one.</summary>
    private bool EndsComparison(ExpressionPiece piece) => piece.Text is "," or ":" or ";" or "=" or ")" or "]" or "}"
        || (before.EndsOperand && (piece.Is("and") || piece.Is("or") || (!piece.IsOperator && char.IsLetter(piece.Text[0]))));

    /// <summary>True for what belongs to the operand before it: the rest of a path, the brackets of a call, a digit behind a sign.</summary>
    private bool GoesOn(ExpressionPiece piece) => before.Text is "/" or "-" or "+" || piece.Text == "/"
        || (before.EndsOperand && piece.Text is "(" or "[" or "-" or "+" or ['\'', ..]);

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
            ":" when Level.IsCase => Colon(piece),
            "," when Level.IsCase => EndOfPair(piece) ?? Copy(piece),
            "=" when before.Is("search") || before.Is("$search") => StartSearch(piece),
            ['@', ..] => Alias(piece),
            _ when piece.Is("in") && before.EndsOperand => List(piece),
            _ when piece.Is("divby") && before.EndsOperand && piece.HasBlanksAround(text) => Replace(piece, "mul 1e0 div"),
            // Where nothing but null tells the type, the library finds a function of our own in the letter case of its name only.
            _ when piece.Is(CaseFunction.Name) && piece.IsCall(text) => Replace(piece, CaseFunction.Name),
            _ when piece.Is(ListFunction.Name) => Bad($"There is no function {piece.Text}."),
            _ when piece.Is("$this") && options.IsNested => Replace(piece, "$it"),
            _ when piece.Is("$it") && options.IsNested => ExpressionErrors.Unsupported("$it within $expand"),
            _ => Copy(piece),
        };
    }

    /// <summary>True for what makes a part of the expression, whatever else does; what the rest comes to is counted once it is bound.</summary>
    private bool IsPart(ExpressionPiece piece) => search is not null || piece.IsOperator || piece.Text switch
    {
        "/" => true,
        "," => open.Count == 1,
        "-" => !before.EndsOperand,
        _ => false,
    };

    private ApiError? Copy(ExpressionPiece piece)
    {
        output.Append(piece.Text);
        return null;
    }

    private ApiError? Replace(ExpressionPiece piece, string words)
    {
        output.Replace(words, piece.Start, piece.Text.Length);
        return null;
    }

    private ApiError? Open(ExpressionPiece piece)
    {
        open.Push(new(isCase: piece.Text == "(" && before.Is(CaseFunction.Name)));
        return open.Count - 1 > limits.MaxExpressionDepth ? ExpressionErrors.TooDeep(limits) : Copy(piece);
    }

    private ApiError? Close(ExpressionPiece piece)
    {
        var error = Level.IsCase ? EndOfPair(piece) : null;
        if (open.Count > 1)
        {
            open.Pop();
        }
        return error ?? Copy(piece);
    }

    private ApiError? Colon(ExpressionPiece piece)
    {
        if (Level.HasResult)
        {
            return Bad($"A pair of case has one colon; there is a second at position {piece.Start}. Put brackets around times.");
        }
        Level.HasResult = true;
        return Replace(piece, ",");
    }

    private ApiError? EndOfPair(ExpressionPiece piece)
    {
        var hadResult = Level.HasResult;
        Level.HasResult = false;
        return !hadResult ? Bad($"case takes pairs such as Low gt 1:'many', with a colon between condition and result; there is none before position {piece.Start}.")
            : ++Level.Pairs > CaseFunction.MaxPairs ? Bad($"A case may have at most {CaseFunction.MaxPairs} pairs; put another case into the result of the last one.")
            : null;
    }

    private ApiError? StartSearch(ExpressionPiece piece)
    {
        search = open.Count;
        return Copy(piece);
    }

    /// <summary>What stands before in becomes the first argument, the list the second, which is a string.</summary>
    private ApiError? List(ExpressionPiece piece)
    {
        if (!ListText.Read(pieces, at, options).Succeeded(out var list, out var error))
        {
            return error;
        }
        if (list is null)
        {
            return Copy(piece);
        }
        output.Insert(Level.Operand, ListFunction.Name + "(");
        var last = pieces[list.Last];
        output.Replace($",'{list.Items.Replace("'", "''", StringComparison.Ordinal)}')", piece.Start, last.Start + last.Text.Length - piece.Start);
        at = list.Last;
        return null;
    }

    private ApiError? Alias(ExpressionPiece piece) => options.Outside.Contains(piece.Text)
        ? ExpressionErrors.Unsupported($"the alias {piece.Text} within $expand, since it reads the records outside; literals can be passed in")
        : options.Aliases.GetValueOrDefault(piece.Text) is { } value && AliasText.IsList(value)
            ? Bad($"The alias {piece.Text} at position {piece.Start} stands for a list; a list stands after in.")
            : Copy(piece);

    private static ApiError Bad(string detail) => new(ErrorCode.BadQuery, detail);
}
