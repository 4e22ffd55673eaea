using System.Text.Unicode;

namespace ConflictData.Submissions;

/// <summary>Makes sure that a file is UTF-8 before anything reads it.</summary>
internal static class Utf8Check
{
    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>The text without its byte order mark; null where it is not UTF-8.</summary>
    public static ReadOnlyMemory<byte>? Text(ReadOnlyMemory<byte> bytes, RowSource source)
    {
        var text = bytes.Span.StartsWith(Mark) ? bytes[Mark.Length..] : bytes;
        var span = text.Span;
        if (!IsUtf16(span) && Utf8.IsValid(span))
        {
            return text;
        }

        source.Refuse(RowErrorCodes.UnreadableFile, Message(span), 0, IsUtf16(span) ? 1 : LineOfFirstFault(span));
        return null;
    }

    /// <summary>By its byte order mark; or without one by a first character that no file begins with: half of it is zero.</summary>
    private static bool IsUtf16(ReadOnlySpan<byte> bytes) => bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, not 0, ..] or [not 0, 0, ..];

    private static string Message(ReadOnlySpan<byte> bytes) => bytes switch
    {
        _ when IsUtf16(bytes) => "The file is UTF-16. Save it as UTF-8 (in Excel: CSV UTF-8).",
        [(byte)'P', (byte)'K', 3, 4, ..] => "The file is a workbook or a zip, not text. Save it as text (in Excel: CSV UTF-8); a zip of several datasets goes to /api/submissions as application/zip.",
        [(byte)'P', (byte)'A', (byte)'R', (byte)'1', ..] => "The file is Parquet, which is not read here. Send it as CSV, JSON or NDJSON.",
        [0x1F, 0x8B, ..] => "The file is gzip, and nothing says so. Send it with Content-Encoding: gzip, or into the inbox under a name that ends in .gz.",
        _ => "The file is not UTF-8 from this line on. Save it as UTF-8 (in Excel: CSV UTF-8).",
    };

    private static int LineOfFirstFault(ReadOnlySpan<byte> bytes)
    {
        var good = 0;
        while (System.Text.Rune.DecodeFromUtf8(bytes[good..], out _, out var used) == System.Buffers.OperationStatus.Done)
        {
            good += used;
        }

        return PhysicalLines.Ends(bytes[..good]) + 1;
    }
}
