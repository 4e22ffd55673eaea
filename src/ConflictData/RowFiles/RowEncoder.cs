using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using ConflictData.Datasets;

namespace ConflictData.RowFiles;

/// <summary>
/// Writes rows one after the other into bytes that grow: numbers in as many bytes as they need; a text as it lies in memory, in one byte
/// a character where all of it is ASCII. So what is read back is what was written, whatever it is.
/// </summary>
internal sealed class RowEncoder
{
    private const int Smallest = 256;

    private static readonly FrozenDictionary<Dataset, byte> Places = Catalog.All.Index().ToFrozenDictionary(item => item.Item, item => (byte)item.Index);

    private byte[] bytes = [];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Byte(byte value)
    {
        MakeRoom(1);
        bytes[Length++] = value;
    }

    public void Number(ulong value)
    {
        MakeRoom(10);
        for (; value >= 0x80; value >>= 7)
        {
            bytes[Length++] = (byte)(value | 0x80);
        }

        bytes[Length++] = (byte)value;
    }

    public void Number(int value) => Number((ulong)value);

    public void Dataset(Dataset dataset) => Byte(Places[dataset]);

    public void Text(string text)
    {
        var isAscii = Ascii.IsValid(text);
        Number(((ulong)text.Length << 1) | (isAscii ? 0UL : 1));
        var length = isAscii ? text.Length : text.Length * sizeof(char);
        MakeRoom(length);
        var room = bytes.AsSpan(Length, length);
        if (isAscii)
        {
            Ascii.FromUtf16(text, room, out _);
        }
        else
        {
            MemoryMarshal.AsBytes(text.AsSpan()).CopyTo(room);
        }

        Length += length;
    }

    /// <summary>The texts there are, by their places.</summary>
    public void Texts(ReadOnlySpan<string?> texts)
    {
        Number(texts.Length);
        var (mask, set) = (MaskPlace(), 0UL);
        for (var at = 0; at < texts.Length; at++)
        {
            if (texts[at] is { } text)
            {
                set |= 1UL << at;
                Text(text);
            }
        }

        PutMask(mask, set);
    }

    /// <summary>One value a column, in the types that the columns name.</summary>
    public void Values(Dataset dataset, object?[] values)
    {
        var (mask, set) = (MaskPlace(), 0UL);
        for (var at = 0; at < values.Length; at++)
        {
            if (values[at] is { } value)
            {
                set |= 1UL << at;
                Value(dataset.Columns[at].Type, value);
            }
        }

        PutMask(mask, set);
    }

    private void Value(ColumnType type, object value)
    {
        switch (type)
        {
            case ColumnType.String: Text((string)value); break;
            case ColumnType.Integer: Number(ZigZag((long)value)); break;
            case ColumnType.Number: Fixed(BitConverter.DoubleToInt64Bits((double)value)); break;
            case ColumnType.Boolean: Byte((bool)value ? (byte)1 : (byte)0); break;
            case ColumnType.Date: Number(((DateOnly)value).DayNumber); break;
            case ColumnType.Instant: Fixed(((DateTimeOffset)value).UtcTicks); break;
            default: throw new ArgumentOutOfRangeException(nameof(type));
        }
    }

    private static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));

    private void Fixed(long value)
    {
        MakeRoom(sizeof(long));
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(Length), value);
        Length += sizeof(long);
    }

    private int MaskPlace()
    {
        Fixed(0);
        return Length - sizeof(long);
    }

    private void PutMask(int place, ulong set) => BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(place), set);

    private void MakeRoom(int count)
    {
        if (Length + count > bytes.Length)
        {
            Array.Resize(ref bytes, (int)Math.Max(Smallest, BitOperations.RoundUpToPowerOf2((uint)(Length + count))));
        }
    }
}
