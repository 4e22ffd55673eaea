using System.Buffers.Text;
using System.Text;

namespace ConflictData.OData;

/// <summary>What a token is for: its first byte, so that none passes for another.</summary>
internal enum TokenKind : byte
{
    /// <summary>The next page of a read.</summary>
    Page = 1,

    /// <summary>The changes since a release.</summary>
    Delta = 2,

    /// <summary>The next page of a read whose last page carries a delta link.</summary>
    TrackedPage = 3,
}

/// <summary>The form of every token: its kind, the id of the secret that signs it, what it says, the signature; opaque to clients.</summary>
internal static class SignedToken
{
    private const int SignatureLength = 16;

    public static string Write(TokenKind kind, TokenKeys keys, Action<BinaryWriter> content)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write((byte)kind);
            writer.Write(keys.SigningId);
            content(writer);
        }
        stream.Write(keys.Sign(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
        return Base64Url.EncodeToString(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    /// <summary>What a token says; null for one that these keys did not sign, or of a kind that the reader does not take.</summary>
    public static T? Read<T>(string text, TokenKeys keys, Func<TokenKind, BinaryReader, T?> content)
        where T : class =>
        Open(text, (reader, payload, signature) =>
        {
            var kind = (TokenKind)reader.ReadByte();
            return keys.Accepts(reader.ReadString(), payload.Span, signature.Span) ? content(kind, reader) : null;
        });

    /// <summary>Id of the secret that a token of that kind says it was signed with; null for what is none.</summary>
    public static string? SignerOf(string text, TokenKind kind) =>
        Open(text, (reader, _, _) => (TokenKind)reader.ReadByte() == kind ? reader.ReadString() : null);

    private static T? Open<T>(string text, Func<BinaryReader, ReadOnlyMemory<byte>, ReadOnlyMemory<byte>, T?> read)
        where T : class
    {
        if (!Base64Url.IsValid(text, out var length) || length <= SignatureLength)
        {
            return null;
        }
        var bytes = Base64Url.DecodeFromChars(text);
        var payload = length - SignatureLength;
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes, 0, payload), Encoding.UTF8);
            return read(reader, bytes.AsMemory(0, payload), bytes.AsMemory(payload));
        }
        catch (Exception error) when (error is IOException or FormatException or ArgumentException)
        {
            return null;
        }
    }
}
