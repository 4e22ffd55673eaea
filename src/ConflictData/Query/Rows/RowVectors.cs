using System.Text;
using ConflictData.Datasets;
using DuckDB.NET.Native;

namespace ConflictData.Query;

/// <summary>Makes of rows what a query would have given: one vector a column.</summary>
internal static unsafe class RowVectors
{
    /// <summary>The engine has room for so many rows in a chunk.</summary>
    public const int MostRows = 2_048;

    private static readonly DateOnly EpochDay = new(1970, 1, 1);

    /// <summary>The rows with their sequence numbers in front.</summary>
    public static QueryRows Of(IReadOnlyList<Column> columns, ReadOnlySpan<long> sequences, IReadOnlyList<KeptRow> rows)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows.Count, MostRows);
        QueryColumn[] described = [new("_seq", DuckDBType.BigInt), .. columns.Select(column => new QueryColumn(column.Name, TypeOf(column.Type)))];
        var chunk = NewChunk(described);
        sequences.CopyTo(new Span<long>(Data(Vector(chunk, 0)), rows.Count));
        for (var index = 0; index < columns.Count; index++)
        {
            Fill(Vector(chunk, index + 1), described[index + 1].Type, rows, columns[index].Ordinal);
        }

        NativeMethods.DataChunks.DuckDBDataChunkSetSize(chunk, (ulong)rows.Count);
        return new QueryRows(new QueryChunk(chunk, described, 0));
    }

    private static DuckDBDataChunk NewChunk(QueryColumn[] columns)
    {
        var types = columns.Select(column => NativeMethods.LogicalType.DuckDBCreateLogicalType(column.Type)).ToArray();
        try
        {
            return NativeMethods.DataChunks.DuckDBCreateDataChunk([.. types.Select(type => type.DangerousGetHandle())], (ulong)types.Length);
        }
        finally
        {
            Array.ForEach(types, type => type.Dispose());
        }
    }

    private static void Fill(nint vector, DuckDBType type, IReadOnlyList<KeptRow> rows, int ordinal)
    {
        var data = Data(vector);
        ulong* validity = null;
        for (var row = 0; row < rows.Count; row++)
        {
            if (rows[row].Values[ordinal] is { } value)
            {
                Put(vector, type, data, row, value);
                continue;
            }

            if (validity == null)
            {
                NativeMethods.Vectors.DuckDBVectorEnsureValidityWritable(vector);
                validity = NativeMethods.Vectors.DuckDBVectorGetValidity(vector);
            }

            validity[row >> 6] &= ~(1UL << (row & 63));
        }
    }

    private static void Put(nint vector, DuckDBType type, void* data, int row, object value)
    {
        switch (type)
        {
            case DuckDBType.Varchar: PutText(vector, row, (string)value); break;
            case DuckDBType.BigInt: ((long*)data)[row] = (long)value; break;
            case DuckDBType.Double: ((double*)data)[row] = (double)value; break;
            case DuckDBType.Boolean: ((bool*)data)[row] = (bool)value; break;
            case DuckDBType.Date: ((int*)data)[row] = ((DateOnly)value).DayNumber - EpochDay.DayNumber; break;
            case DuckDBType.Timestamp: ((long*)data)[row] = (((DateTimeOffset)value).UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond; break;
            default: throw ColumnVector.Unreadable(type);
        }
    }

    /// <summary>The text is UTF-8 as it comes from us, so the engine need not look whether it is.</summary>
    private static void PutText(nint vector, int row, string text)
    {
        const int Short = 512;
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> utf8 = most <= Short ? stackalloc byte[Short] : new byte[most];
        var length = Encoding.UTF8.GetBytes(text, utf8);
        fixed (byte* bytes = utf8)
        {
            NativeMethods.Vectors.DuckDBUnsafeVectorAssignStringElementLength(vector, (ulong)row, bytes, length);
        }
    }

    private static nint Vector(DuckDBDataChunk chunk, int column) => NativeMethods.DataChunks.DuckDBDataChunkGetVector(chunk, column);

    private static void* Data(nint vector) => NativeMethods.Vectors.DuckDBVectorGetData(vector);

    private static DuckDBType TypeOf(ColumnType type) => type switch
    {
        ColumnType.String => DuckDBType.Varchar,
        ColumnType.Integer => DuckDBType.BigInt,
        ColumnType.Number => DuckDBType.Double,
        ColumnType.Boolean => DuckDBType.Boolean,
        ColumnType.Date => DuckDBType.Date,
        ColumnType.Instant => DuckDBType.Timestamp,
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };
}
