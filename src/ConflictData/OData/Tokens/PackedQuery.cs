using System.Buffers.Text;
using System.IO.Compression;
using System.Text;

namespace ConflictData.OData;

/// <summary>
/// The options of a query within its skip token, as token~options, where a next link would be too long with both side by side:
/// whatever fits into one address can be read on in others. What they hold is checked by the token's hash of the query.
/// </summary>
internal static class PackedQuery
{
    private const char Mark = '~';
    private const int Quality = 9;
    private const int Window = 16;

    /// <summary>Most bytes of options; what a packed query may come to, whatever fits into a link.</summary>
    private const int MaxOptions = 1 << 16;

    public static string Pack(string token, string options)
    {
        var text = Encoding.UTF8.GetBytes(options);
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(text.Length)];
        BrotliEncoder.TryCompress(text, packed, out var length, Quality, Window);
        return $"{token}{Mark}{Base64Url.EncodeToString(packed.AsSpan(0, length))}";
    }

    /// <summary>The token and the options; null where the text holds no options, or more than are taken.</summary>
    public static (string Token, string Options)? Unpack(string text)
    {
        if (text.Split(Mark) is not [var token, var packed] || !Base64Url.IsValid(packed))
        {
            return null;
        }
        var options = new byte[MaxOptions];
        return BrotliDecoder.TryDecompress(Base64Url.DecodeFromChars(packed), options, out var length)
            ? (token, Encoding.UTF8.GetString(options, 0, length))
            : null;
    }
}
