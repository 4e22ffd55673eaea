using System.Text;
using System.Text.Json;

namespace ConflictData.Submissions;

/// <summary>Where JSON cannot be read any more, said in words for whoever wrote it.</summary>
/// <param name="text">The JSON: of a file, or of one line.</param>
/// <param name="at">Where in it the reader stopped, in bytes.</param>
/// <param name="depth">How many arrays and objects are open there.</param>
internal readonly ref struct JsonFault(ReadOnlySpan<byte> text, int at, int depth)
{
    private const int ShownBytes = 24;

    /// <summary>Open brackets at which the library's reader takes no more.</summary>
    private const int Deepest = 63;

    private readonly ReadOnlySpan<byte> before = text[..at];
    private readonly ReadOnlySpan<byte> rest = text[at..];

    /// <summary>The fault of which the library tells by an exception.</summary>
    /// <param name="text">What its reader was given, from the first line on.</param>
    /// <param name="error">What it threw.</param>
    /// <param name="reader">The reader as it threw.</param>
    public static JsonFault Of(ReadOnlySpan<byte> text, JsonException error, in Utf8JsonReader reader)
    {
        var start = 0;
        for (var line = error.LineNumber ?? 0; line > 0; line--)
        {
            start += text[start..].IndexOf((byte)'\n') + 1;
        }

        var at = (int)Math.Min(start + (error.BytePositionInLine ?? 0), text.Length);
        while (at > start && at < text.Length && (text[at] & 0xC0) == 0x80)
        {
            at--;
        }

        return new(text, at, reader.CurrentDepth);
    }

    /// <summary>What stands there; null at the end.</summary>
    public string? Value
    {
        get
        {
            var end = rest.IndexOfAny((byte)'\r', (byte)'\n');
            var line = end >= 0 ? rest[..end] : rest;
            var shown = Math.Min(line.Length, ShownBytes);
            while (shown > 0 && shown < line.Length && (line[shown] & 0xC0) == 0x80)
            {
                shown--;
            }

            return shown == 0 ? null : Encoding.UTF8.GetString(line[..shown]);
        }
    }

    public string Message => $"At character {Character} of the line this is no JSON any more: {Why}";

    private int Character => Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1;

    private string Why => (char)(rest.IsEmpty ? 0 : rest[0]) switch
    {
        _ when rest.IndexOfAnyExcept(" \t\r\n"u8) < 0 => "it ends before a quote, a brace or a bracket is closed. Close it; or send it again where the end was lost.",
        '[' or '{' when depth == Deepest => "brackets stand within brackets too often. A row is one object, and its values are texts, numbers, true, false or null.",
        ']' or '}' when Follows(',') => "a comma stands before the closing bracket. Remove it.",
        _ when depth == 0 && (Follows(']') || Follows('}')) => "something follows the last bracket. Remove it, or put all rows between one pair of brackets, in NDJSON one on each line.",
        < ' ' => @"a line break or another control character stands within a text. Write line breaks as \n, and remove others.",
        _ when before.EndsWith(@"\"u8) => @"a backslash stands alone within a text. Write it twice: \\.",
        '"' or '[' or '{' when !Follows(',') && !Follows(':') => "a comma, a colon or a quote is missing before this. Put it in.",
        _ => "texts and the names of columns stand in straight double quotes, numbers are written as 12 or 0.5, and the only other values are true, false and null. Write it so.",
    };

    /// <summary>True where that is the last before the fault but for blanks.</summary>
    private bool Follows(char mark) => before.TrimEnd(" \t\r\n"u8) is [.., var last] && last == mark;
}
