using System.Text.Json;

namespace ConflictData.Submissions;

/// <summary>Stands between two rows of a JSON array; a reader is a ref struct and cannot outlive a row.</summary>
internal sealed class JsonArrayCursor(ReadOnlyMemory<byte> text, RowSource source)
{
    private readonly JsonObjectReader objects = new(source);
    private JsonReaderState state;
    private int position;
    private int row;
    private int line = 1;
    private bool opened;
    private bool ended;

    /// <summary>The row that was read; null where it had problems.</summary>
    public IncomingRow? Current { get; private set; }

    public bool MoveNext()
    {
        var reader = new Utf8JsonReader(text.Span[position..], isFinalBlock: true, state);
        try
        {
            ended = ended || !Read(ref reader);
        }
        catch (JsonException error)
        {
            ended = true;
            source.RefuseJson(JsonFault.Of(text.Span, error, reader), row, (int)(error.LineNumber ?? 0) + 1);
        }

        line += text.Span.Slice(position, (int)reader.BytesConsumed).Count((byte)'\n');
        position += (int)reader.BytesConsumed;
        state = reader.CurrentState;
        return !ended;
    }

    private bool Read(ref Utf8JsonReader reader)
    {
        if (!opened && !Open(ref reader))
        {
            return false;
        }

        reader.Read();
        if (reader.TokenType == JsonTokenType.EndArray)
        {
            // Whatever follows the array is an error that the next token brings to light.
            reader.Read();
            return false;
        }

        var start = line + text.Span.Slice(position, (int)reader.TokenStartIndex).Count((byte)'\n');
        if (source.IsHopeless(++row, start))
        {
            return false;
        }

        Current = objects.Read(ref reader, row, start);
        return true;
    }

    private bool Open(ref Utf8JsonReader reader)
    {
        opened = true;
        if (text.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            source.Refuse(RowErrorCodes.UnreadableFile, "The file is empty; it needs one JSON array of objects, [{\"Id\": \"…\"}, …], or [] for no rows.", 0, 1);
            return false;
        }

        reader.Read();
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            return true;
        }

        source.Refuse(RowErrorCodes.UnreadableRow, "The body must be one JSON array of objects, [{\"Id\": \"…\"}, …].", 0, 1);
        return false;
    }
}
