using System.Text.RegularExpressions;
using ConflictData.Api;

namespace ConflictData.OData;

/// <summary>Looks at a search before the library does, which goes as deep as a search has words.</summary>
internal static partial class SearchText
{
    public static ApiError? Check(string? text, Settings limits) => text is not null && Words().Count(text) > limits.MaxExpressionParts
        ? ExpressionErrors.TooManyParts(limits) with { Target = "$search" }
        : null;

    [GeneratedRegex("""
        "[^"]*"?|[^\s"()]+
        """)]
    private static partial Regex Words();
}
