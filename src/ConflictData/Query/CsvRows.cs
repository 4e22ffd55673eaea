using System.Globalization;
using CsvHelper;
using DuckDB.NET.Native;

namespace ConflictData.Query;

/// <summary>
/// Writes rows of a result as CSV, and is the one place that decides how a value looks there: UTF-8 without byte order mark,
/// RFC 4180 with CRLF, quotes only where needed, ISO dates, instants in UTC with milliseconds, true and false, empty = null.
/// The same rows always give the same bytes, and a whole dataset can be submitted again as it is.
/// </summary>
internal sealed class CsvRows : IDisposable
{
    /// <summary>The media type of what is written.</summary>
    public const string MediaType = "text/csv; charset=utf-8";

    internal static readonly CsvWriterOptions Rfc4180 = new()
    {
        NewLine = "\r\n",
        WriteByteOrderMark = false,
        FormatProvider = CultureInfo.InvariantCulture,
        TrueValue = "true",
        FalseValue = "false",
    };

    private readonly CsvWriter csv;
    private readonly int firstColumn;
    private readonly int columns;

    /// <summary>Writes the header.</summary>
    /// <param name="output">Where to write; it stays open.</param>
    /// <param name="names">Names of the columns.</param>
    /// <param name="firstColumn">Index of the first of them in the results; the others follow it.</param>
    public CsvRows(Stream output, IReadOnlyList<string> names, int firstColumn = 0)
    {
        csv = CsvWriter.Create(output, Rfc4180, leaveOpen: true);
        csv.WriteHeader([.. names]);
        (this.firstColumn, columns) = (firstColumn, names.Count);
    }

    /// <summary>Writes rows of a chunk.</summary>
    public void Write(QueryChunk chunk, int from, int to)
    {
        for (var row = from; row < to; row++)
        {
            for (var column = firstColumn; column < firstColumn + columns; column++)
            {
                WriteValue(chunk.Vector(column), row);
            }

            csv.EndRecord();
        }
    }

    /// <summary>Hands over what is written so far.</summary>
    public void Flush() => csv.Flush();

    public void Dispose() => csv.Dispose();

    private void WriteValue(ColumnVector values, int row)
    {
        if (values.IsNull(row))
        {
            csv.WriteField("");
            return;
        }

        switch (values.Type)
        {
            case DuckDBType.Varchar:
                csv.WriteField(values.Utf8(row));
                break;
            case DuckDBType.BigInt:
                csv.WriteField(values.Get<long>(row));
                break;
            case DuckDBType.Boolean:
                csv.WriteField(values.Get<bool>(row));
                break;
            default:
                WriteOther(values.Value(row), values.Type);
                break;
        }
    }

    private void WriteOther(object? value, DuckDBType type)
    {
        switch (value)
        {
            case DateOnly day:
                csv.WriteField(day, "yyyy-MM-dd");
                break;
            case DateTimeOffset instant:
                csv.WriteField(instant.UtcDateTime, "yyyy-MM-ddTHH:mm:ss.fffZ");
                break;
            case double number when double.IsFinite(number):
                csv.WriteField(number, "R");
                break;
            case double other:
                csv.WriteField(double.IsNaN(other) ? "NaN" : other > 0 ? "INF" : "-INF");
                break;
            case long whole:
                csv.WriteField(whole);
                break;
            case Int128 huge:
                csv.WriteField(huge);
                break;
            default:
                throw ColumnVector.Unreadable(type);
        }
    }
}
