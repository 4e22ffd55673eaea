using System.Security.Cryptography;

namespace ConflictData.OData;

/// <summary>The secrets that sign tokens: the first signs, all are accepted, so that one can be replaced without ending reads under way.</summary>
internal sealed class TokenKeys
{
    private const int SignatureLength = 16;
    private const int LeastSecret = 16;

    private readonly (string Id, byte[] Secret)[] keys;

    /// <exception cref="FormatException">The setting is not id:base64;id:base64 with at least 16 bytes each.</exception>
    public TokenKeys(string setting)
    {
        keys = [.. setting.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Read)];
        if (keys.Length == 0)
        {
            // Another id in every process, so that a token of one that is gone is not taken for a damaged one.
            keys = [($"p{RandomNumberGenerator.GetHexString(6, lowercase: true)}", RandomNumberGenerator.GetBytes(32))];
        }
    }

    public string SigningId => keys[0].Id;

    public bool Knows(string id) => keys.Any(key => key.Id == id);

    public byte[] Sign(ReadOnlySpan<byte> payload) => Signature(keys[0].Secret, payload);

    public bool Accepts(string id, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> signature)
    {
        foreach (var key in keys)
        {
            if (key.Id == id)
            {
                return CryptographicOperations.FixedTimeEquals(Signature(key.Secret, payload), signature);
            }
        }
        return false;
    }

    private static byte[] Signature(byte[] secret, ReadOnlySpan<byte> payload) => HMACSHA256.HashData(secret, payload)[..SignatureLength];

    private static (string, byte[]) Read(string entry)
    {
        var parts = entry.Split(':', 2, StringSplitOptions.TrimEntries);
        var secret = parts.Length == 2 ? Convert.FromBase64String(parts[1]) : [];
        return secret.Length >= LeastSecret && parts[0].Length is > 0 and <= 20
            ? (parts[0], secret)
            : throw new FormatException("TokenSecrets must be id:base64, separated by \";\", with at least 16 bytes in each secret.");
    }
}
