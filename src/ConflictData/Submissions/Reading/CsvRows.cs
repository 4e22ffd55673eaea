using CsvHelper;

namespace ConflictData.Submissions;

/// <summary>Rows as RFC 4180 CSV with a header; the separator is a comma, a semicolon or a tab, whichever the header has most of.</summary>
internal static class CsvRows
{
    private static readonly string TooLong =
        $"The file was not read from this row on, which is longer than {SubmissionLimits.RecordBytes / 1024 / 1024} MB: a quote may never be closed. Close it.";

    public static IEnumerable<IncomingRow> Read(ReadOnlyMemory<byte> text, RowSource source)
    {
        CsvMalformedRecord? malformed = null;
        using var stream = PayloadSpace.Open(text); // The library bounds the records of nothing else.
        using var csv = CsvReader.Create(stream, Options(text.Span) with { OnMalformedRecord = record => malformed = record });
        if (ReadHeader(csv, source) is not { } header)
        {
            yield break;
        }

        var row = 1;
        CsvFormatException? tooLong;
        for (; Next(csv, out tooLong); row++, malformed = null)
        {
            var line = (int)csv.LineNumber;
            if (source.IsHopeless(row, line))
            {
                yield break;
            }

            if (malformed is { } record)
            {
                source.Refuse(RowErrorCodes.UnreadableRow, Message(record.Reason), row, line);
            }
            else if (ReadRow(csv, header, source, row, line) is { } read)
            {
                yield return read;
            }
        }

        if (tooLong is not null)
        {
            source.Refuse(RowErrorCodes.UnreadableFile, TooLong, row, (int)tooLong.LineNumber);
        }
    }

    private static CsvReaderOptions Options(ReadOnlySpan<byte> text) => new()
    {
        Separator = Separator(text),
        HasHeader = false,
        TrackLineNumbers = true,
        PoolStrings = true,
        MaxRecordSize = SubmissionLimits.RecordBytes,
    };

    /// <summary>False at the end, and at a record that is too long.</summary>
    private static bool Next(CsvReader csv, out CsvFormatException? tooLong)
    {
        tooLong = null;
        try
        {
            return csv.Read();
        }
        catch (CsvFormatException error)
        {
            tooLong = error;
            return false;
        }
    }

    private static char Separator(ReadOnlySpan<byte> text)
    {
        var start = text.TrimStart("\r\n"u8);
        var end = start.IndexOfAny((byte)'\r', (byte)'\n');
        var header = end < 0 ? start : start[..end];
        var (commas, semicolons, tabs) = (header.Count((byte)','), header.Count((byte)';'), header.Count((byte)'\t'));
        return commas >= semicolons && commas >= tabs ? ',' : semicolons >= tabs ? ';' : '\t';
    }

    private static CsvHeader? ReadHeader(CsvReader csv, RowSource source)
    {
        if (!Next(csv, out var tooLong))
        {
            source.Refuse(RowErrorCodes.UnreadableFile, tooLong is null ? "The file is empty; it needs a header with the names of the columns." : TooLong, 0, (int?)tooLong?.LineNumber ?? 1);
            return null;
        }

        var line = (int)csv.LineNumber;
        if (csv.FieldCount > SubmissionLimits.Columns)
        {
            source.Refuse(RowErrorCodes.UnreadableFile, $"The first line is not a header: it has {csv.FieldCount} cells. Let it name the columns of {source.Dataset}.", 0, line);
            return null;
        }

        if (Enumerable.Range(0, csv.FieldCount).Any(cell => csv.GetSpan(cell).Length > SubmissionLimits.QuotedValue))
        {
            source.Refuse(RowErrorCodes.UnreadableFile, $"The first line is not a header: it has a cell that is too long for a name. Let it name the columns of {source.Dataset}.", 0, line);
            return null;
        }

        return CsvHeader.Read([.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)], source, line);
    }

    private static IncomingRow? ReadRow(CsvReader csv, CsvHeader header, RowSource source, int row, int line)
    {
        var targets = header.Targets;
        if (csv.FieldCount != targets.Length)
        {
            source.Refuse(RowErrorCodes.UnreadableRow, OtherWidth(csv, targets), row, line, value: ShortId(csv, targets));
            return null;
        }

        var cells = new string?[source.Dataset.Columns.Count];
        string? action = null;
        for (var i = 0; i < targets.Length; i++)
        {
            var length = csv.GetSpan(i).Length;
            if (length > SubmissionLimits.CellBytes)
            {
                source.Refuse(RowErrorCodes.UnreadableRow, $"{header.Names[i]} has more than {SubmissionLimits.CellBytes} bytes. Shorten it.", row, line, header.Names[i]);
                return null;
            }

            if (length == 0 || targets[i] == CsvHeader.Ignored)
            {
                continue;
            }

            if (targets[i] == CsvHeader.Action)
            {
                action = csv.GetString(i);
            }
            else
            {
                cells[targets[i]] = csv.GetString(i);
            }
        }

        return new IncomingRow { Dataset = source.Dataset, Row = row, Line = line, Cells = cells, Present = header.Present, Action = action };
    }

    private static string OtherWidth(CsvReader csv, int[] targets)
    {
        var id = ShortId(csv, targets);
        return $"The row{(id is null ? "" : $" of {id}")} has {csv.FieldCount} cells, the header {targets.Length}. "
            + "Put a value that holds the separator of the header (comma, semicolon or tab) or a line break in double quotes, and leave empty cells in place.";
    }

    private static string? ShortId(CsvReader csv, int[] targets) =>
        Array.IndexOf(targets, 0) is var cell and >= 0 && cell < csv.FieldCount && csv.GetSpan(cell).Length is > 0 and <= SubmissionLimits.QuotedValue ? csv.GetString(cell) : null;

    private static string Message(CsvMalformedReason reason) => reason switch
    {
        CsvMalformedReason.UnterminatedQuote => "A quote that opens a cell of this row is never closed. Close it; a quote inside a quoted cell is written twice.",
        CsvMalformedReason.TextAfterClosingQuote => "Text follows the closing quote of a cell. Write a quote inside a quoted cell twice, and let nothing but the separator follow the closing one.",
        _ => "A quote stands inside a cell that is not quoted; put the cell in quotes and write the quote twice.",
    };
}
