using System.Globalization;
using System.Runtime.CompilerServices;

namespace ConflictData.Query;

/// <summary>
/// Writes single values but text as JSON at an address, with room for 48 bytes, and gives the address behind them.
/// </summary>
internal static unsafe class Json
{
    private const int Room = 48;
    private const int DaysToEpoch = 719_162;
    private const long MicrosPerDay = 86_400_000_000;

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
