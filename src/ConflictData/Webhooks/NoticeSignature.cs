using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ConflictData.Webhooks;

/// <summary>How notices are signed, so that a receiver knows who sent them and when.</summary>
internal static class NoticeSignature
{
    /// <summary>Header of the signature.</summary>
    public const string SignatureHeader = "Conflict-Signature";

    /// <summary>Characters of a secret that somebody brings along.</summary>
    public const int Shortest = 32;

    public const int Longest = 256;

    /// <summary>A new secret of 256 bits.</summary>
    public static string NewSecret() =>
        "whsec_" + RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", 43);

    /// <summary>True for what can be a secret: printable ASCII without spaces, so that a character is a byte.</summary>
    public static bool IsSecret(string text) => text.Length is >= Shortest and <= Longest && text.All(c => c is > ' ' and <= '~');

    /// <summary><c>t={seconds},v1={hex}</c>: HMAC-SHA256 with the secret over the seconds, a full stop and the body.</summary>
    public static string Of(string secret, ReadOnlySpan<byte> body, DateTimeOffset at)
    {
        var seconds = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(Encoding.UTF8.GetBytes($"{seconds}."));
        hash.AppendData(body);
        return $"t={seconds},v1={Convert.ToHexStringLower(hash.GetHashAndReset())}";
    }
}
