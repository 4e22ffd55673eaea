using CsvHelper;

namespace ConflictData.Submissions;

/// <summary>Rows as RFC 4180 CSV with a header; the separator is a comma, a semicolon or a tab, whichever the header has most of.</summary>
internal static class CsvRows
{
    public static IEnumerable<IncomingRow> Read(ReadOnlyMemory<byte> text, RowSource source)
    {
        CsvMalformedRecord? malformed = null;
        using var csv = CsvReader.Create(text, Options(text.Span) with { OnMalformedRecord = record => malformed = record });
        if (ReadHeader(csv, source) is not { } header)
        {
            yield break;
        }

        for (var row = 1; csv.Read(); row++, malformed = null)
        {
            var line = (int)csv.LineNumber;
            if (malformed is { } record)
            {
                source.Refuse(RowErrorCodes.UnreadableRow, Message(record.Reason), row, line);
            }
            else if (ReadRow(csv, header, source, row, line) is { } read)
            {
                yield return read;
            }
        }
    }

    private static CsvReaderOptions Options(ReadOnlySpan<byte> text) => new()
    {
        Separator = Separator(text),
        HasHeader = false,
        TrackLineNumbers = true,
        PoolStrings = true,
    };

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
        if (!csv.Read())
        {
            source.Refuse(RowErrorCodes.UnreadableFile, "The file is empty; it needs a header with the names of the columns.", 0, 1);
            return null;
        }

        var line = (int)csv.LineNumber;
        if (csv.FieldCount > SubmissionLimits.Columns)
        {
            source.Refuse(RowErrorCodes.UnreadableFile, $"The first line is not a header: it has {csv.FieldCount} cells.", 0, line);
            return null;
        }

        if (Enumerable.Range(0, csv.FieldCount).Any(cell => csv.GetSpan(cell).Length > SubmissionLimits.QuotedValue))
        {
            source.Refuse(RowErrorCodes.UnreadableFile, "The first line is not a header: it has a cell that is too long for a name.", 0, line);
            return null;
        }

        return CsvHeader.Read([.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)], source, line);
    }

    private static IncomingRow? ReadRow(CsvReader csv, CsvHeader header, RowSource source, int row, int line)
    {
        var targets = header.Targets;
        if (csv.FieldCount != targets.Length)
        {
            source.Refuse(RowErrorCodes.UnreadableRow, $"The row has {csv.FieldCount} cells, the header {targets.Length}.", row, line);
            return null;
        }

        var cells = new string?[source.Dataset.Columns.Count];
        string? action = null;
        for (var i = 0; i < targets.Length; i++)
        {
            var length = csv.GetSpan(i).Length;
            if (length > SubmissionLimits.CellBytes)
            {
                source.Refuse(RowErrorCodes.UnreadableRow, $"A cell has more than {SubmissionLimits.CellBytes} bytes.", row, line, header.Names[i]);
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

    private static string Message(CsvMalformedReason reason) => reason switch
    {
        CsvMalformedReason.UnterminatedQuote => "A quote that opens a cell of this row is never closed.",
        CsvMalformedReason.TextAfterClosingQuote => "Text follows the closing quote of a cell; a quote inside a quoted cell is written twice.",
        _ => "A quote stands inside a cell that is not quoted; put the cell in quotes and write the quote twice.",
    };
}
