using System.Text.RegularExpressions;

namespace ConflictData.OData;

/// <summary>
/// Names what the standard has and the library's parser takes for a mistake, so that a client learns that it is not supported
/// and not that it is wrong.
/// </summary>
internal static partial class UnsupportedSyntax
{
    /// <summary>The first in an expression; null where there is none.</summary>
    public static string? Find(string? expression) => expression is not null && Words().Match(Strings().Replace(expression, "''")) is { Success: true } match
        ? match.Value.Trim().TrimEnd('(')
        : null;

    [GeneratedRegex("'[^']*'")]
    private static partial Regex Strings();

    [GeneratedRegex(@"\b(hassubset|hassubsequence|isdefined)\s*\(|\$root\b|\$these\b", RegexOptions.IgnoreCase)]
    private static partial Regex Words();
}
