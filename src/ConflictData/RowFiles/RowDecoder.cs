using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using ConflictData.Datasets;

namespace ConflictData.RowFiles;

/// <summary>Reads what a <see cref="RowEncoder"/> has written, in the same order.</summary>
internal ref struct RowDecoder(ReadOnlySpan<byte> bytes)
{
    private static readonly object True = true;
    private static readonly object False = false;

    private ReadOnlySpan<byte> rest = bytes;

    public byte Byte() => Take(1)[0];

    public ulong Number()
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }

    public int SmallNumber() => (int)Number();

    public Dataset Dataset() => Catalog.All[Byte()];

    public string Text()
    {
        var header = Number();
        var length = (int)(header >> 1);
        return (header & 1) == 0
            ? string.Create(length, Take(length), static (text, from) => Ascii.ToUtf16(from, text, out _))
            : new string(MemoryMarshal.Cast<byte, char>(Take(length * sizeof(char))));
    }

    public string?[] Texts()
    {
        var texts = new string?[SmallNumber()];
        for (var set = Mask(); set != 0; set &= set - 1)
        {
            texts[BitOperations.TrailingZeroCount(set)] = Text();
        }

        return texts;
    }

    public object?[] Values(Dataset dataset)
    {
        var values = new object?[dataset.Columns.Count];
        for (var set = Mask(); set != 0; set &= set - 1)
        {
            var at = BitOperations.TrailingZeroCount(set);
            values[at] = Value(dataset.Columns[at].Type);
        }

        return values;
    }

    private object Value(ColumnType type) => type switch
    {
        ColumnType.String => Text(),
        ColumnType.Integer => Signed(Number()),
        ColumnType.Number => BitConverter.Int64BitsToDouble(Fixed()),
        ColumnType.Boolean => Byte() == 0 ? False : True,
        ColumnType.Date => DateOnly.FromDayNumber(SmallNumber()),
        ColumnType.Instant => new DateTimeOffset(Fixed(), TimeSpan.Zero),
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    private static long Signed(ulong zigZag) => (long)(zigZag >> 1) ^ -(long)(zigZag & 1);

    private ulong Mask() => (ulong)Fixed();

    private long Fixed() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    private ReadOnlySpan<byte> Take(int count)
    {
        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }
}
