using System.Text;

namespace ConflictFunctions.Tests.Fuzz;

/// <summary>Text that programs trip over. Each character is one byte, so that it can be of no encoding at all.</summary>
internal static class Hostile
{
    private static readonly string[] Known =
    [
        "", " ", ".", "..", "/", "//", "\\", "'", "''", "\"", "`", "\0", "a\0b", "\r\nX-Injected: 1", "%", "%%", "%2", "%zz", "%00", "%2F", "%252F", "%C3%28", "%FF%FE", "%ED%A0%80",
        "$", "{0}", "{release}", "${x}", "<script>alert(1)</script>", "' OR 1=1 --", "'; DROP TABLE Casualties; --", "=1+1", "@", "\t", "\u007F", "*", "?", "#", "&", "+", ";", ",", "(", ")", "[", "]",
        "null", "true", "NaN", "Infinity", "-Infinity", "0", "-0", "-1", "1", "1.5", "1e3", "1e999", "0x10", "2147483647", "2147483648", "-2147483649", "9223372036854775807",
        "9223372036854775808", "-9223372036854775809", "99999999999999999999999999999999999999999999", "0001-01-01", "9999-12-31", "10000-01-01", "2022-02-30", "0000-00-00",
        "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "2026-01-31T00:00:00+99:99", "latest", "daily", "LATEST", "W/\"x\"",
        "\"", "W/", "\u00C3\u0028", "\u00FF\u00FE", "\u00ED\u00A0\u0080", "\u00C0\u0080", "\u00F4\u0090\u0080\u0080", "\u00EF\u00BB\u00BF", "__proto__", "con", "aux.txt", "../../etc/passwd", "C:\\x", "file:///etc/passwd", "http://169.254.169.254/", "//evil.example/x",
    ];

    /// <summary>Known troublemakers as UTF-8, among them Arabic, an emoji, a right-to-left override and a dotless i.</summary>
    private static readonly string[] Unicode =
        [.. new[] { "الحسكة", "💣", "\u202Ex", "ı", "İ", "ß", "e\u0301", "\uFEFF", "\uFFFF", "\u2028", "١٢٣", "１２" }.Select(text => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text)))];

    /// <summary>One of them, several, bytes at random, or something far too long.</summary>
    public static string Text(Random random, int longest = 3000) => random.Next(10) switch
    {
        < 5 => random.Any(Known),
        5 => random.Any(Unicode),
        6 => random.Any(Known) + random.Any(Unicode) + random.Any(Known),
        7 => Encoding.Latin1.GetString(Bytes(random, random.Length(60))),
        8 => new(random.Any<char>([.. "a'(\"[{0-,% \u00FF"]), random.Length(longest)),
        _ => string.Concat(Enumerable.Repeat(random.Any(Known), random.Length(200))) is var many && many.Length > longest ? many[..longest] : many,
    };

    public static byte[] Bytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>The same with something broken in it: cut off, changed, doubled, or with other bytes in between.</summary>
    public static byte[] Damage(Random random, byte[] sound)
    {
        var (at, end) = (random.Next(sound.Length + 1), random.Next(sound.Length + 1));
        (at, end) = (Math.Min(at, end), Math.Max(at, end));
        switch (random.Next(4))
        {
            case 0:
                return sound[..at];
            case 1:
                return [.. sound[..end], .. sound[at..]];
            case 2:
                return [.. sound[..at], .. Bytes(random, random.Length(20)), .. sound[at..]];
            default:
                var changed = sound.ToArray();
                for (var change = random.Length(8); change > 0 && changed.Length > 0; change--)
                {
                    changed[random.Next(changed.Length)] = (byte)random.Next(256);
                }

                return changed;
        }
    }
}
