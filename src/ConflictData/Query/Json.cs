using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ConflictData.Query;

/// <summary>
/// Writes single values as JSON at an address and gives the address behind them. There must be room for 48 bytes, or for a
/// text six times its length and 48 more.
/// </summary>
internal static unsafe class Json
{
    /// <summary>A control character becomes \u001f.</summary>
    public const int LongestEscape = 6;

    private const int Room = 48;
    private const int DaysToEpoch = 719_162;
    private const long MicrosPerDay = 86_400_000_000;

    private static readonly SearchValues<byte> Escaped = SearchValues.Create([.. Enumerable.Range(0, 32).Select(code => (byte)code), (byte)'"', (byte)'\\']);

    public static byte* Null(byte* to)
    {
        "null"u8.CopyTo(new(to, 4));
        return to + 4;
    }

    public static byte* Truth(byte* to, bool value)
    {
        (value ? "true "u8 : "false"u8).CopyTo(new(to, 5));
        return to + (value ? 4 : 5);
    }

    public static byte* Whole(byte* to, long value)
    {
        if ((ulong)value < 10)
        {
            *to = (byte)('0' + value);
            return to + 1;
        }

        value.TryFormat(new Span<byte>(to, Room), out var written, default, CultureInfo.InvariantCulture);
        return to + written;
    }

    public static byte* Huge(byte* to, Int128 value)
    {
        value.TryFormat(new Span<byte>(to, Room), out var written, default, CultureInfo.InvariantCulture);
        return to + written;
    }

    public static byte* Number(byte* to, double value)
    {
        if (!double.IsFinite(value))
        {
            var name = double.IsNaN(value) ? "\"NaN\""u8 : value > 0 ? "\"INF\""u8 : "\"-INF\""u8;
            name.CopyTo(new(to, Room));
            return to + name.Length;
        }

        value.TryFormat(new Span<byte>(to, Room), out var written, default, CultureInfo.InvariantCulture);
        return to + written;
    }

    /// <param name="to">Where to write.</param>
    /// <param name="days">Since 1970-01-01.</param>
    public static byte* Date(byte* to, int days)
    {
        *to = (byte)'"';
        to = Day(to + 1, days);
        *to = (byte)'"';
        return to + 1;
    }

    /// <param name="to">Where to write.</param>
    /// <param name="micros">Since 1970-01-01T00:00:00Z.</param>
    public static byte* Instant(byte* to, long micros)
    {
        var (days, rest) = Math.DivRem(micros, MicrosPerDay);
        if (rest < 0)
        {
            (days, rest) = (days - 1, rest + MicrosPerDay);
        }

        *to = (byte)'"';
        to = Day(to + 1, (int)days);
        var (seconds, fraction) = Math.DivRem((int)(rest % 60_000_000), 1_000_000);
        to = Pair(to, 'T', (int)(rest / 3_600_000_000));
        to = Pair(to, ':', (int)(rest / 60_000_000 % 60));
        to = Pair(to, ':', seconds);
        to = Fraction(to, fraction);
        *to++ = (byte)'Z';
        *to = (byte)'"';
        return to + 1;
    }

    /// <summary>Writes a text of up to 12 bytes that can be read as 12, as the engine keeps short ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* ShortText(byte* to, byte* from, int length)
    {
        var bytes = Vector128.Create(*(ulong*)from, *(uint*)(from + 8)).AsByte();
        if ((NeedsEscape(bytes) & ((1u << length) - 1)) != 0)
        {
            return EscapedText(to, new(from, length));
        }

        *to = (byte)'"';
        bytes.Store(to + 1);
        to[length + 1] = (byte)'"';
        return to + length + 2;
    }

    /// <summary>Writes a text of more than 12 bytes.</summary>
    public static byte* LongText(byte* to, byte* from, int length)
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
            return EscapedText(to, new(from, length));
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

    private static byte* EscapedText(byte* to, ReadOnlySpan<byte> text)
    {
        *to++ = (byte)'"';
        for (var clean = text.IndexOfAny(Escaped); clean >= 0; clean = text.IndexOfAny(Escaped))
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* Day(byte* to, int days)
    {
        var (year, month, day) = DateOnly.FromDayNumber(days + DaysToEpoch);
        var (century, ofCentury) = Math.DivRem(year, 100);
        to = Digits(Digits(to, century), ofCentury);
        return Pair(Pair(to, '-', month), '-', day);
    }

    private static byte* Pair(byte* to, char before, int value)
    {
        *to = (byte)before;
        return Digits(to + 1, value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* Digits(byte* to, int value)
    {
        var (tens, ones) = Math.DivRem((uint)value, 10u);
        to[0] = (byte)('0' + tens);
        to[1] = (byte)('0' + ones);
        return to + 2;
    }

    private static byte* Fraction(byte* to, int micros)
    {
        if (micros == 0)
        {
            return to;
        }

        *to = (byte)'.';
        to = Digits(Digits(Digits(to + 1, micros / 10_000), micros / 100 % 100), micros % 100);
        while (to[-1] == '0')
        {
            to--;
        }

        return to;
    }
}
