using System.Buffers;
using System.Collections;

namespace ConflictData.RowFiles;

/// <summary>
/// A list of rows of which memory holds only where each lies: the rows themselves lie in a file on the local disk, but for the last
/// ones, and so for all of a short list, which never comes to a file. Rows are added first and then read, by any number of threads at
/// once; going through them in order is cheaper than asking for each. The file ends with the list, and with the process at the latest.
/// </summary>
/// <exception cref="LocalDiskException">By whatever writes or reads rows, where the disk fails.</exception>
internal sealed class RowFile<T>(RowFormat<T> format, string? folder = null) : IRowList<T>, IDisposable
{
    /// <summary>Bytes that are written, and read in order, at once.</summary>
    private const int Portion = 256 * 1024;

    private readonly string folder = folder ?? Path.GetTempPath();
    private readonly RowEncoder tail = new();
    private readonly List<long> ends = [];
    private LocalFile? file;
    private long written;

    public int Count => ends.Count;

    /// <summary>Bytes of all rows, wherever they lie.</summary>
    public long Bytes => written + tail.Length;

    public T this[int index] => Read(index, index + 1)[0];

    public void Add(T row)
    {
        format.Write(tail, row);
        ends.Add(written + tail.Length);
        if (tail.Length >= Portion)
        {
            Flush();
        }
    }

    /// <summary>How far one may go from a row, before another, until the rows take more than so many bytes; the first is always among them.</summary>
    public int EndOfPortion(int first, int end, int mostBytes)
    {
        var next = first + 1;
        while (next < end && BytesOf(first, next + 1) <= mostBytes)
        {
            next++;
        }

        return next;
    }

    public IEnumerable<T> Between(int first, int end)
    {
        for (var at = first; at < end;)
        {
            var next = EndOfPortion(at, end, Portion);
            foreach (var row in Read(at, next))
            {
                yield return row;
            }

            at = next;
        }
    }

    public IEnumerator<T> GetEnumerator() => Between(0, Count).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose() => file?.Dispose();

    private long BytesOf(int first, int end) => Start(end) - Start(first);

    private long Start(int index) => index == 0 ? 0 : ends[index - 1];

    private T[] Read(int first, int end)
    {
        var rows = new T[end - first];
        var length = (int)BytesOf(first, end);
        var rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            Read(rented.AsSpan(0, length), Start(first));
            var decoder = new RowDecoder(rented.AsSpan(0, length));
            foreach (ref var row in rows.AsSpan())
            {
                row = format.Read(ref decoder);
            }

            return rows;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>Some of the bytes may lie in the file and others still in memory.</summary>
    private void Read(Span<byte> bytes, long from)
    {
        var filed = (int)Math.Clamp(written - from, 0, bytes.Length);
        tail.Written.Slice((int)Math.Max(0, from - written), bytes.Length - filed).CopyTo(bytes[filed..]);
        if (filed > 0)
        {
            file!.Read(bytes[..filed], from);
        }
    }

    private void Flush()
    {
        file ??= new(folder);
        file.Write(tail.Written, written);
        written += tail.Length;
        tail.Clear();
    }
}
