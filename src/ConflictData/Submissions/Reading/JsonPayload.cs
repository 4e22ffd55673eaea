using System.Text.Json;

namespace ConflictData.Submissions;

/// <summary>Rows as JSON objects: one array of them, or one a line.</summary>
internal static class JsonPayload
{
    public static IEnumerable<IncomingRow> ReadArray(ReadOnlyMemory<byte> text, RowSource source)
    {
        var cursor = new JsonArrayCursor(text, source);
        while (cursor.MoveNext())
        {
            if (cursor.Current is { } row)
            {
                yield return row;
            }
        }
    }

    public static IEnumerable<IncomingRow> ReadLines(ReadOnlyMemory<byte> text, RowSource source)
    {
        var reader = new JsonObjectReader(source);
        var number = 0;
        for (var line = 1; SkipBlankLines(ref text, ref line); line++)
        {
            if (source.IsHopeless(++number, line))
            {
                yield break;
            }

            var end = text.Span.IndexOf((byte)'\n');
            var content = end < 0 ? text : text[..end];
            text = end < 0 ? default : text[(end + 1)..];
            if (ReadLine(content.Span, reader, number, line, source) is { } row)
            {
                yield return row;
            }
        }

        if (number == 0)
        {
            source.Refuse(RowErrorCodes.UnreadableFile, "The file is empty; it needs one JSON object on each line, {\"Id\": \"…\"}. For no rows send [] as JSON, or the header of a CSV.", 0, 1);
        }
    }

    /// <summary>False at the end.</summary>
    private static bool SkipBlankLines(ref ReadOnlyMemory<byte> text, ref int line)
    {
        var blanks = text.Span.IndexOfAnyExcept(" \t\r\n"u8);
        if (blanks < 0)
        {
            return false;
        }

        var lines = text.Span[..blanks];
        line += lines.Count((byte)'\n');
        text = text[(lines.LastIndexOf((byte)'\n') + 1)..];
        return true;
    }

    private static IncomingRow? ReadLine(ReadOnlySpan<byte> content, JsonObjectReader objects, int row, int line, RowSource source)
    {
        var reader = new Utf8JsonReader(content);
        try
        {
            reader.Read();
            var read = objects.Read(ref reader, row, line);
            return reader.Read() ? null : read;
        }
        catch (JsonException error)
        {
            source.RefuseJson(JsonFault.Of(content, error, reader), row, line);
            return null;
        }
    }
}
