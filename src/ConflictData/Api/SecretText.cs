using System.Text.RegularExpressions;

namespace ConflictData.Api;

/// <summary>
/// Keeps secrets that a caller put into an address or an option out of what is said about it: API keys, tokens of Entra ID, and
/// the options that hold a key or the token of a link.
/// </summary>
internal static partial class SecretText
{
    private const string Hidden = "[hidden]";

    /// <summary>The text without whatever has the form of a secret, escaped for an address or not.</summary>
    public static string Blank(string text) => Forms().Replace(text, Hidden);

    [GeneratedRegex(
        @"cf(_|%5F)[A-Za-z0-9-]+(_|%5F)[A-Za-z0-9_%-]+"
        + @"|eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]*)?"
        + @"|(code|skiptoken|deltatoken)(=|%3D)[A-Za-z0-9_%~+/-][A-Za-z0-9_.%~+/=-]*(?<!\.)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Forms();
}
