using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace ConflictData.OData;

/// <summary>A piece of an expression: a string, an instant or a time, a word or number, white space, or one other character.</summary>
/// <param name="Text">The piece.</param>
/// <param name="Start">Where it stands in the expression.</param>
internal readonly partial record struct ExpressionPiece(string Text, int Start)
{
    private static readonly FrozenSet<string> Operators = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "and", "or", "not", "eq", "ne", "gt", "ge", "lt", "le", "add", "sub", "mul", "div", "divby", "mod", "in", "has");

    public bool IsBlank => char.IsWhiteSpace(Text[0]);

    public bool IsOperator => Operators.Contains(Text);

    /// <summary>True where an operator between two operands may follow.</summary>
    public bool EndsOperand => Text is [.., ')' or ']' or '\'' or '"'] || (Text is [.., var last] && (char.IsLetterOrDigit(last) || last == '_') && !IsOperator);

    /// <summary>The pieces of an expression, without a gap.</summary>
    public static IEnumerable<ExpressionPiece> Of(string text) => Pieces().Matches(text).Select(match => new ExpressionPiece(match.Value, match.Index));

    public bool Is(string word) => Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    public bool IsCall(string text) => text.AsSpan(Start + Text.Length).TrimStart() is ['(', ..];

    public bool HasBlanksAround(string text) =>
        Start > 0 && char.IsWhiteSpace(text[Start - 1]) && Start + Text.Length < text.Length && char.IsWhiteSpace(text[Start + Text.Length]);

    /// <summary>Instants and times are pieces of their own, since they have colons in them.</summary>
    [GeneratedRegex("""
        '(?:[^']|'')*'? | "(?:[^"\\]|\\.)*"? | \d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d) | \d\d:\d\d:\d\d(?:\.\d+)?
        | [\p{L}\p{M}\p{N}_$@.]+ | \s+ | .
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Pieces();
}
