using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ConflictData.Query;

/// <summary>
/// Writes UTF-8 texts as JSON at an address and gives the address behind them. Most texts need no escape, so a text is copied
/// and looked through in the same step, 16 bytes at a time, and only written anew where that finds something.
/// There must be room for six times its length and 48 bytes more.
/// </summary>
internal static unsafe class JsonText
{
    /// <summary>A control character becomes \u001f.</summary>
    public const int LongestEscape = 6;

    private static readonly SearchValues<byte> Special = SearchValues.Create([.. Enumerable.Range(0, 32).Select(code => (byte)code), (byte)'"', (byte)'\\']);

    /// <summary>Writes a text of up to 12 bytes that can be read as 12, as the engine keeps short ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* Short(byte* to, byte* from, int length)
    {
        var bytes = Vector128.Create(*(ulong*)from, *(uint*)(from + 8)).AsByte();
        if ((NeedsEscape(bytes) & ((1u << length) - 1)) != 0)
        {
            return Escaped(to, new(from, length));
        }

        *to = (byte)'"';
        bytes.Store(to + 1);
        to[length + 1] = (byte)'"';
        return to + length + 2;
    }

    /// <summary>Writes a text of more than 12 bytes.</summary>
    public static byte* Long(byte* to, byte* from, int length)
    {
        var found = 0u;
        var at = to + 1;
        if (length < 16)
        {
            var (head, tail) = (*(ulong*)from, *(ulong*)(from + length - 8));
            *(ulong*)at = head;
            *(ulong*)(at + length - 8) = tail;
            found = NeedsEscape(Vector128.Create(head, tail).AsByte());
        }
        else
        {
            for (var offset = 0; offset < length - 16; offset += 16)
            {
                found |= CopyAndCheck(at + offset, from + offset);
            }

            found |= CopyAndCheck(at + length - 16, from + length - 16);
        }

        if (found != 0)
        {
            return Escaped(to, new(from, length));
        }

        *to = (byte)'"';
        at[length] = (byte)'"';
        return at + length + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint CopyAndCheck(byte* to, byte* from)
    {
        var bytes = Vector128.Load(from);
        bytes.Store(to);
        return NeedsEscape(bytes);
    }

    /// <summary>One bit a byte: set for control characters, quotation marks and backslashes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint NeedsEscape(Vector128<byte> bytes) =>
        (Vector128.LessThan(bytes, Vector128.Create((byte)32))
            | Vector128.Equals(bytes, Vector128.Create((byte)'"'))
            | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))).ExtractMostSignificantBits();

    private static byte* Escaped(byte* to, ReadOnlySpan<byte> text)
    {
        *to++ = (byte)'"';
        for (var clean = text.IndexOfAny(Special); clean >= 0; clean = text.IndexOfAny(Special))
        {
            text[..clean].CopyTo(new(to, clean));
            to = Escape(to + clean, text[clean]);
            text = text[(clean + 1)..];
        }

        text.CopyTo(new(to, text.Length));
        to += text.Length;
        *to = (byte)'"';
        return to + 1;
    }

    private static byte* Escape(byte* to, byte code)
    {
        *to = (byte)'\\';
        var letter = code switch
        {
            (byte)'\n' => 'n',
            (byte)'\r' => 'r',
            (byte)'\t' => 't',
            (byte)'"' or (byte)'\\' => (char)code,
            _ => 'u',
        };
        to[1] = (byte)letter;
        if (letter != 'u')
        {
            return to + 2;
        }

        "00"u8.CopyTo(new(to + 2, 2));
        code.TryFormat(new Span<byte>(to + 4, 2), out _, "x2", CultureInfo.InvariantCulture);
        return to + 6;
    }
}
