using System.Data.Common;
using System.Globalization;
using ConflictData.Datasets;
using CsvHelper;

namespace ConflictData.Snapshots;

/// <summary>
/// A dataset as CSV: UTF-8 without byte order mark, RFC 4180 with CRLF, every column in the schema's order, rows by Id,
/// ISO dates, empty = null. The same rows always give the same bytes, and the file can be submitted again as it is.
/// </summary>
internal static class CsvFile
{
    private static readonly CsvWriterOptions Rfc4180 = new()
    {
        NewLine = "\r\n",
        WriteByteOrderMark = false,
        FormatProvider = CultureInfo.InvariantCulture,
        TrueValue = "true",
        FalseValue = "false",
    };

    /// <summary>Writes the rows of a reader whose fields are the dataset's columns in order; returns how many there were.</summary>
    public static long Write(Dataset dataset, DbDataReader rows, Stream output, CancellationToken cancellation)
    {
        using var csv = CsvWriter.Create(output, Rfc4180, leaveOpen: true);
        csv.WriteHeader([.. dataset.Columns.Select(column => column.Name)]);
        var count = 0L;
        for (; rows.Read(); count++)
        {
            cancellation.ThrowIfCancellationRequested();
            WriteRow(dataset, rows, csv);
        }

        return count;
    }

    private static void WriteRow(Dataset dataset, DbDataReader row, CsvWriter csv)
    {
        foreach (var column in dataset.Columns)
        {
            WriteCell(column, row, csv);
        }

        csv.EndRecord();
    }

    private static void WriteCell(Column column, DbDataReader row, CsvWriter csv)
    {
        var field = column.Ordinal;
        switch (column.Type)
        {
            case var _ when row.IsDBNull(field):
                csv.WriteField("");
                break;
            case ColumnType.String:
                csv.WriteField(row.GetString(field));
                break;
            case ColumnType.Integer:
                csv.WriteField(row.GetInt64(field), "D");
                break;
            case ColumnType.Number:
                csv.WriteField(row.GetDouble(field), "R");
                break;
            case ColumnType.Boolean:
                csv.WriteField(row.GetBoolean(field));
                break;
            case ColumnType.Date:
                csv.WriteField(row.GetFieldValue<DateOnly>(field), "yyyy-MM-dd");
                break;
            case ColumnType.Instant:
                csv.WriteField(row.GetDateTime(field), "yyyy-MM-ddTHH:mm:ss.fffZ");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(column));
        }
    }
}
