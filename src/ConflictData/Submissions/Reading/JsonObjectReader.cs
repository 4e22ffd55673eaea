using System.Text;
using System.Text.Json;
using ConflictData.Datasets;

namespace ConflictData.Submissions;

/// <summary>Reads one JSON object into a row.</summary>
internal sealed class JsonObjectReader(RowSource source)
{
    // The properties of a file tend to come in the same order, so the name at a place is first compared with the last row's there.
    private readonly List<(byte[] Name, Column? Column)> order = [];
    private string?[] cells = [];
    private ulong present;
    private string? action;
    private bool hasAction;
    private bool failed;

    /// <summary>The row of the object at which the reader stands; null where something is wrong with it. Ends on its last token.</summary>
    public IncomingRow? Read(ref Utf8JsonReader reader, int row, int line)
    {
        (cells, present, action, hasAction, failed) = (new string?[source.Dataset.Columns.Count], 0, null, false, false);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            source.Refuse(RowErrorCodes.UnreadableRow, "A row must be a JSON object, {\"Id\": \"…\"}.", row, line);
            return null;
        }

        for (var place = 0; reader.Read() && reader.TokenType == JsonTokenType.PropertyName; place++)
        {
            if (place < SubmissionLimits.Columns)
            {
                ReadProperty(ref reader, place, row, line);
            }
            else
            {
                LeaveOut(ref reader, place, row, line);
            }
        }

        return failed ? null
            : new IncomingRow { Dataset = source.Dataset, Row = row, Line = line, Cells = cells, Present = present, Action = action };
    }

    private void ReadProperty(ref Utf8JsonReader reader, int place, int row, int line)
    {
        if (place >= order.Count || !reader.ValueTextEquals(order[place].Name))
        {
            Learn(ref reader, place);
        }

        var (name, column) = order[place];
        reader.Read();
        var isAction = column is null && Encoding.UTF8.GetString(name).Equals(RowSource.Action, StringComparison.OrdinalIgnoreCase);
        if (column is null && !isAction)
        {
            reader.Skip();
            source.RefuseUnknown(Encoding.UTF8.GetString(name), row, line);
            failed = true;
        }
        else if (Value(ref reader, column?.Name ?? RowSource.Action, row, line, out var text))
        {
            Put(column, text, row, line);
        }
    }

    private void LeaveOut(ref Utf8JsonReader reader, int place, int row, int line)
    {
        if (place == SubmissionLimits.Columns)
        {
            source.Refuse(RowErrorCodes.UnreadableRow, $"The object has more than {SubmissionLimits.Columns} properties. Leave out those that are no columns of {source.Dataset}.", row, line);
        }

        reader.Read();
        reader.Skip();
        failed = true;
    }

    private void Learn(ref Utf8JsonReader reader, int place)
    {
        var length = reader.ValueSpan.Length;
        var name = length > SubmissionLimits.CellBytes ? $"(a name of {length} bytes)" : Text(ref reader) ?? "\uFFFD";
        var entry = (Encoding.UTF8.GetBytes(name), source.Dataset.Find(name));
        if (place < order.Count)
        {
            order[place] = entry;
        }
        else
        {
            order.Add(entry);
        }
    }

    private void Put(Column? column, string? text, int row, int line)
    {
        var bit = column is null ? 0 : 1UL << column.Ordinal;
        if (column is null ? hasAction : (present & bit) != 0)
        {
            source.Refuse(RowErrorCodes.DuplicateColumn, $"The object has {column?.Name ?? RowSource.Action} twice. Leave one of them out.", row, line, column?.Name ?? RowSource.Action);
            failed = true;
        }
        else if (column is null)
        {
            (action, hasAction) = (text, true);
        }
        else
        {
            present |= bit;
            cells[column.Ordinal] = text;
        }
    }

    private bool Value(ref Utf8JsonReader reader, string column, int row, int line, out string? text)
    {
        text = null;
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return true;
            case JsonTokenType.String or JsonTokenType.Number when reader.ValueSpan.Length > SubmissionLimits.CellBytes:
                source.Refuse(RowErrorCodes.UnreadableRow, $"{column} has more than {SubmissionLimits.CellBytes} bytes. Shorten it.", row, line, column);
                break;
            case JsonTokenType.True or JsonTokenType.False or JsonTokenType.Number:
                text = Encoding.UTF8.GetString(reader.ValueSpan);
                return true;
            case JsonTokenType.String when Text(ref reader) is { } value:
                text = value;
                return true;
            case JsonTokenType.String:
                source.Refuse(RowErrorCodes.LoneSurrogate, $"{column} holds half of a surrogate pair, an escape such as \\ud83d without its other half. Write the character itself, or both halves.", row, line, column);
                break;
            default:
                reader.Skip();
                source.Refuse(RowErrorCodes.UnreadableRow, $"{column} must be a plain value, not an object or an array.", row, line, column);
                break;
        }

        failed = true;
        return false;
    }

    /// <summary>The string at which the reader stands; null where an escape makes half of a surrogate pair.</summary>
    private static string? Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
