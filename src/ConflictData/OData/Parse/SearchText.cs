using System.Text.RegularExpressions;
using ConflictData.Api;

namespace ConflictData.OData;

/// <summary>Readies a search for the library, which goes as deep as a search has words, and whose words are the letters of 4.0 only.</summary>
internal static partial class SearchText
{
    public static ApiError? Check(string? text, Settings limits) => text is not null && Pieces().Count(text) > limits.MaxExpressionParts
        ? ExpressionErrors.TooManyParts(limits) with { Target = "$search" }
        : null;

    /// <summary>The same with every word as a phrase: so 4.01's words, such as 2022 or UTF-8, are read too.</summary>
    public static string Quoted(string search) => Pieces().Replace(search, piece =>
        piece.Value is ['"', ..] or "AND" or "OR" or "NOT" ? piece.Value : $"\"{piece.Value.Replace(@"\", @"\\", StringComparison.Ordinal)}\"");

    /// <summary>A phrase, closed or not, or a word.</summary>
    [GeneratedRegex("""
        "(\\.|[^"\\])*"?|[^\s"()]+
        """, RegexOptions.ExplicitCapture)]
    private static partial Regex Pieces();
}
