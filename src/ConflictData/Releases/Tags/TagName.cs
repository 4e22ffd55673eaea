using System.Buffers;

namespace ConflictData.Releases;

/// <summary>
/// The names that a tag may have: a letter or digit, then letters, digits, dots, underscores and hyphens, 64 in all at most
/// and one letter among them, so that none is a number or an instant. Letter case does not tell two apart.
/// </summary>
public static class TagName
{
    public const int MaxLength = 64;

    /// <summary>The rule in words, to end a message with.</summary>
    public const string Rule =
        "A tag is a letter or digit and up to 63 more letters, digits, dots, underscores and hyphens, with a letter among them; latest and daily are taken.";

    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly SearchValues<char> Characters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    private static readonly string[] Taken = ["latest", "daily"];

    public static bool IsValid(string name) =>
        name.Length is > 0 and <= MaxLength
        && char.IsAsciiLetterOrDigit(name[0])
        && name.AsSpan().ContainsAny(Letters)
        && !name.AsSpan().ContainsAnyExcept(Characters)
        && !Taken.Contains(name, StringComparer.OrdinalIgnoreCase);
}
