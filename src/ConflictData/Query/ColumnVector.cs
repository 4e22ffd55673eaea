using System.Runtime.CompilerServices;
using System.Text;
using DuckDB.NET.Native;

namespace ConflictData.Query;

/// <summary>
/// The values of one column in one chunk, where the engine has them. Valid until the rows are disposed.
/// A text is 16 bytes: its length, then the text itself up to 12 bytes, else 4 bytes of it and a pointer.
/// </summary>
public readonly unsafe struct ColumnVector
{
    private static readonly DateTimeOffset Epoch = DateTimeOffset.UnixEpoch;
    private static readonly DateOnly EpochDay = new(1970, 1, 1);

    private readonly byte* data;
    private readonly ulong* validity;

    private ColumnVector(byte* data, ulong* validity, DuckDBType type)
    {
        this.data = data;
        this.validity = validity;
        Type = type;
    }

    public DuckDBType Type { get; }

    /// <summary>The first value; they follow each other without gaps.</summary>
    internal byte* Data => data;

    /// <summary>One bit a row, 0 = null; null when no value is null.</summary>
    internal ulong* Validity => validity;

    public bool IsNull(int row) => validity != null && (validity[row >> 6] >> (row & 63) & 1) == 0;

    /// <summary>The value of a row that is not null, as the engine stores it: DATE is int days, TIMESTAMP long microseconds, since 1970.</summary>
    public T Get<T>(int row)
        where T : unmanaged => Unsafe.ReadUnaligned<T>(data + ((long)row * sizeof(T)));

    /// <summary>The UTF-8 bytes of a VARCHAR that is not null.</summary>
    public ReadOnlySpan<byte> Utf8(int row)
    {
        var text = data + ((long)row * 16);
        var length = *(int*)text;
        return new(length <= 12 ? text + 4 : *(byte**)(text + 8), length);
    }

    /// <summary>The value of a row as a .NET object; see <see cref="QueryRows.Value"/>.</summary>
    public object? Value(int row) => IsNull(row) ? null : Type switch
    {
        DuckDBType.Varchar => Encoding.UTF8.GetString(Utf8(row)),
        DuckDBType.Boolean => Get<bool>(row),
        DuckDBType.Integer => (long)Get<int>(row),
        DuckDBType.BigInt => Get<long>(row),
        DuckDBType.HugeInt => Get<Int128>(row),
        DuckDBType.Double => Get<double>(row),
        DuckDBType.Date => EpochDay.AddDays(Get<int>(row)),
        DuckDBType.Timestamp => Epoch.AddTicks(Get<long>(row) * TimeSpan.TicksPerMicrosecond),
        _ => throw Unreadable(Type),
    };

    /// <summary>Bytes that the values of so many rows take up.</summary>
    internal long SizeOf(int rows)
    {
        const int Short = 12;
        var bytes = (long)rows * Type switch
        {
            DuckDBType.Boolean => sizeof(bool),
            DuckDBType.Integer or DuckDBType.Date => sizeof(int),
            DuckDBType.BigInt or DuckDBType.Double or DuckDBType.Timestamp => sizeof(long),
            _ => 16,
        };
        for (var row = 0; Type == DuckDBType.Varchar && row < rows; row++)
        {
            bytes += !IsNull(row) && Utf8(row).Length is > Short and var length ? length : 0;
        }

        return bytes;
    }

    internal static ColumnVector Of(nint vector, DuckDBType type) =>
        new((byte*)NativeMethods.Vectors.DuckDBVectorGetData(vector), NativeMethods.Vectors.DuckDBVectorGetValidity(vector), type);

    internal static NotSupportedException Unreadable(DuckDBType type) =>
        new($"A query gives a column of type {type}; it must cast it to one of the types that are read here.");
}
