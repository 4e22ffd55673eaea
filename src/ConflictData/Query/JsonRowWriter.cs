using System.Runtime.CompilerServices;
using DuckDB.NET.Native;

namespace ConflictData.Query;

/// <summary>
/// The inner loop of <see cref="JsonRows"/>: fills a template with the values of one row after the other. It works on plain
/// addresses; each text checks that there is room for itself and for the rest of its row.
/// </summary>
internal sealed unsafe class JsonRowWriter
{
    /// <summary>Room for a value that is not text, with what a copy may write too far.</summary>
    private const int ValueRoom = 48;

    private readonly JsonTemplate template;
    private readonly PinnedOutput output;
    private readonly DuckDBType[] types;
    private readonly Cell[] cells;
    private readonly byte* text;
    private readonly int rowRoom;

    public JsonRowWriter(JsonTemplate template, IReadOnlyList<QueryColumn> columns, PinnedOutput output)
    {
        (this.template, this.output) = (template, output);
        types = [.. template.Slots.Select(slot => columns[slot.Column].Type)];
        cells = new Cell[types.Length];
        text = (byte*)Unsafe.AsPointer(ref template.Text[0]);
        rowRoom = template.Text.Length + (types.Length * ValueRoom);
    }

    public void Write(QueryChunk chunk, int from, int to)
    {
        var used = Prepare(chunk);
        for (var row = from; row < to; row++)
        {
            output.Reserve(rowRoom);
            WriteRow(row, cells.AsSpan(0, used));
        }
    }

    /// <summary>The cells of a chunk. Values that are null in all its rows need none: the template has them.</summary>
    private int Prepare(QueryChunk chunk)
    {
        var used = 0;
        for (var index = 0; index < types.Length; index++)
        {
            var slot = template.Slots[index];
            var vector = chunk.Vector(slot.Column);
            if (slot.IsObject || !IsAllNull(vector, chunk.RowCount))
            {
                cells[used++] = new(vector, types[index], text + slot.Start, text + slot.End, slot.IsObject);
            }
        }

        return used;
    }

    private static bool IsAllNull(ColumnVector vector, int rows)
    {
        if (vector.Validity == null)
        {
            return false;
        }

        for (var row = 0; row < rows; row++)
        {
            if (!vector.IsNull(row))
            {
                return false;
            }
        }

        return true;
    }

    private void WriteRow(int row, ReadOnlySpan<Cell> used)
    {
        var next = output.Next;
        var copied = text;
        foreach (ref readonly var cell in used)
        {
            if (cell.Start < copied || cell.IsNull(row) == !cell.IsObject)
            {
                continue;
            }

            next = Copy(copied, cell.Start, next);
            copied = cell.End;
            next = cell.IsObject ? Json.Null(next) : WriteValue(next, row, in cell);
        }

        output.Next = Copy(copied, text + template.Length, next);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte* WriteValue(byte* next, int row, ref readonly Cell cell)
    {
        switch (cell.Type)
        {
            case DuckDBType.Varchar:
                return WriteText(next, cell.Data + ((long)row * 16));
            case DuckDBType.Blob:
                return WriteBytes(next, cell.Data + ((long)row * 16));
            case DuckDBType.BigInt:
                return Json.Whole(next, ((long*)cell.Data)[row]);
            case DuckDBType.Date:
                return Json.Date(next, ((int*)cell.Data)[row]);
            case DuckDBType.Boolean:
                return Json.Truth(next, cell.Data[row] != 0);
            case DuckDBType.Timestamp:
                return Json.Instant(next, ((long*)cell.Data)[row]);
            case DuckDBType.Double:
                return Json.Number(next, ((double*)cell.Data)[row]);
            case DuckDBType.Integer:
                return Json.Whole(next, ((int*)cell.Data)[row]);
            case DuckDBType.HugeInt:
                return Json.Huge(next, Unsafe.ReadUnaligned<Int128>(cell.Data + ((long)row * 16)));
            default:
                throw ColumnVector.Unreadable(cell.Type);
        }
    }

    private byte* WriteText(byte* next, byte* value)
    {
        var length = *(int*)value;
        var room = (length * JsonText.LongestEscape) + rowRoom;
        if (output.End - next < room)
        {
            output.Next = next;
            output.Reserve(room);
            next = output.Next;
        }

        return length <= 12 ? JsonText.Short(next, value + 4, length) : JsonText.Long(next, *(byte**)(value + 8), length);
    }

    /// <summary>JSON that the engine made.</summary>
    private byte* WriteBytes(byte* next, byte* value)
    {
        var length = *(int*)value;
        var room = length + rowRoom;
        if (output.End - next < room)
        {
            output.Next = next;
            output.Reserve(room);
            next = output.Next;
        }

        Unsafe.CopyBlockUnaligned(next, length <= 12 ? value + 4 : *(byte**)(value + 8), (uint)length);
        return next + length;
    }

    /// <summary>Copies a piece of the template; both sides have room for 32 bytes, which is as far as most pieces go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* Copy(byte* from, byte* end, byte* to)
    {
        var length = (int)(end - from);
        if (length <= 32)
        {
            Unsafe.CopyBlockUnaligned(to, from, 32);
        }
        else
        {
            Unsafe.CopyBlockUnaligned(to, from, (uint)length);
        }

        return to + length;
    }

    /// <summary>A slot with its values in one chunk.</summary>
    private readonly struct Cell(ColumnVector vector, DuckDBType type, byte* start, byte* end, bool isObject)
    {
        public readonly byte* Data = vector.Data;
        public readonly ulong* Validity = vector.Validity;
        public readonly byte* Start = start;
        public readonly byte* End = end;
        public readonly DuckDBType Type = type;
        public readonly bool IsObject = isObject;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool IsNull(int row) => Validity != null && (Validity[row >> 6] >> (row & 63) & 1) == 0;
    }
}
