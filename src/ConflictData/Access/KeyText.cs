using System.Security.Cryptography;
using System.Text;

namespace ConflictData.Access;

/// <summary>
/// An API key as its owner holds it: <c>cf_{id}_{secret}</c>, the id 12 (24 where a client's call gave it) and the secret 43 letters, digits, "-" (and, in
/// the secret, "_").
/// The app keeps only the SHA-256 of the secret.
/// </summary>
public readonly record struct KeyText(string Id, string Secret)
{
    private const string Prefix = "cf_";
    private const int LongestId = 40;

    /// <summary>A new key with 256 bits of secret.</summary>
    public static KeyText Make() => Make(RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 12));

    /// <summary>A key of that id with a new secret.</summary>
    public static KeyText Make(string id) => new(
        id,
        RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", 43));

    /// <summary>Reads a key; false where the text does not have the form of one.</summary>
    public static bool TryRead(string text, out KeyText key)
    {
        key = default;
        if (text.Length > 200 || !text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var end = text.IndexOf('_', Prefix.Length);
        if (end <= Prefix.Length || end == text.Length - 1 || !IsId(text[Prefix.Length..end]))
        {
            return false;
        }

        key = new(text[Prefix.Length..end], text[(end + 1)..]);
        return true;
    }

    /// <summary>True for what can be the id of a key: nothing else is looked up.</summary>
    public static bool IsId(string text) => text.Length is > 0 and <= LongestId && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    /// <summary>What the app keeps of the secret.</summary>
    public byte[] SecretHash() => SHA256.HashData(Encoding.UTF8.GetBytes(Secret));

    /// <summary>The whole key. Shown once to its owner, never logged.</summary>
    public string Reveal() => $"{Prefix}{Id}_{Secret}";

    /// <summary>The id alone, so that a key that strays into a log line or message does not give itself away.</summary>
    public override string ToString() => $"{Prefix}{Id}_…";
}
