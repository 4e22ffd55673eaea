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
        for (var line = 1; text.Length > 0; line++)
        {
            var end = text.Span.IndexOf((byte)'\n');
            var content = end < 0 ? text : text[..end];
            text = end < 0 ? default : text[(end + 1)..];
            if (content.Span.ContainsAnyExcept(" \t\r"u8) && ReadLine(content.Span, reader, ++number, line, source) is { } row)
            {
                yield return row;
            }
        }
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
            source.RefuseJson(error, row, line);
            return null;
        }
    }
}
