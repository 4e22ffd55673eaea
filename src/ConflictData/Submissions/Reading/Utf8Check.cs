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
        if (Utf8.IsValid(span))
        {
            return text;
        }

        source.Refuse(RowErrorCodes.UnreadableFile, Message(span), 0, LineOfFirstFault(span));
        return null;
    }

    private static string Message(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => "The file is UTF-16. Save it as UTF-8 (in Excel: CSV UTF-8).",
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
