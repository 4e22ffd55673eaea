using System.Text.RegularExpressions;

namespace ConflictData.OData;

/// <summary>The values of parameter aliases, as text.</summary>
internal static partial class AliasText
{
    /// <summary>True for one list of literals, and nothing behind it.</summary>
    public static bool IsList(string value) => List().IsMatch(value);

    /// <summary>True for what is the same for every record: a literal or a list.</summary>
    public static bool IsLiteral(string value) => Literal().IsMatch(value) || IsList(value);

    [GeneratedRegex("""^\[(?:'(?:[^']|'')*'|"(?:[^"\\]|\\.)*"|[^\[\]'"])*\]\z""", RegexOptions.Singleline)]
    private static partial Regex List();

    [GeneratedRegex(@"^(?:'(?:[^']|'')*'|-?\d[\w.:+-]*|true|false|null|-?INF|NaN)\z", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Literal();
}
