using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace ConflictFunctions.Tests.Hosting;

/// <summary>
/// The secrets of this run: what tests sent, and whatever has the form of one. No line that an app prints may hold any of them,
/// whichever test made it print the line.
/// </summary>
internal static partial class Secrets
{
    private const string ForItsUser = "Admin key of this machine: ";
    private const int Shortest = 12;

    private static readonly ConcurrentDictionary<string, bool> Sent = new();

    /// <summary>Takes note of a secret that is sent.</summary>
    /// <param name="secret">The secret; what is too short to be one is passed over.</param>
    /// <param name="isToken">True for the token of a link, which answers may hold.</param>
    public static void Note(string secret, bool isToken = false)
    {
        if (secret.Length >= Shortest)
        {
            Sent[secret] = isToken;
        }
    }

    /// <summary>The first secret in a text; null where there is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="tokensToo">False where the tokens of links are no secret.</param>
    public static string? In(string text, bool tokensToo) =>
        Sent.FirstOrDefault(sent => (tokensToo || !sent.Value) && text.Contains(sent.Key, StringComparison.Ordinal)).Key
        ?? Match(Key(), text)
        ?? (tokensToo ? Match(Token(), text) : null);

    /// <summary>Fails with the first line that holds a secret. The admin key is printed once, for its user.</summary>
    public static void AssertNoneIn(IEnumerable<string> lines)
    {
        foreach (var line in lines.Where(line => !line.StartsWith(ForItsUser, StringComparison.Ordinal)))
        {
            Assert.False(In(line, tokensToo: true) is { } secret, $"The app printed \"{line}\".");
        }
    }

    private static string? Match(Regex form, string text) => form.Match(text) is { Success: true } match ? match.Value : null;

    /// <summary>An API key, known by where it begins, a token of Entra ID, or the option of an address that holds a key.</summary>
    [GeneratedRegex(@"(?<![A-Za-z0-9_-])cf_[A-Za-z0-9-]{1,40}_[A-Za-z0-9_-]{20,}|eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{2,}\.|\bcode=[^&\s.]")]
    private static partial Regex Key();

    /// <summary>The option of an address that holds the token of a link.</summary>
    [GeneratedRegex(@"(skip|delta)token=[A-Za-z0-9_~-]{12,}")]
    private static partial Regex Token();
}
