using System.Buffers;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace ConflictData.OData;

/// <summary>Compresses what is written to it into a <see cref="DeflatedPiece"/>, a buffer at a time and so within the processor's cache.</summary>
internal sealed class PieceWriter : IBufferWriter<byte>, IDisposable
{
    private const int BufferSize = 64 * 1024;

    /// <summary>
    /// Whoever reads a page first waits for it, all others are sent what it comes to. Of a page of 7.9 MB level 2 makes 1 MB in
    /// 14 ms of one core, level 1 a third more in 10, level 5 a third less in 31.
    /// </summary>
    private static readonly ZLibCompressionOptions Level = new() { CompressionLevel = 2 };

    private readonly MemoryStream deflated = new();
    private readonly DeflateStream deflate;
    private readonly Crc32 crc = new();
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
    private long length;

    public PieceWriter() => deflate = new(deflated, Level, leaveOpen: true);

    /// <summary>A short text as a piece.</summary>
    public static DeflatedPiece Of(string text)
    {
        using var writer = new PieceWriter();
        Encoding.UTF8.GetBytes(text, writer);
        return writer.Complete();
    }

    public void Advance(int count)
    {
        var written = buffer.AsSpan(0, count);
        crc.Append(written);
        deflate.Write(written);
        length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (buffer.Length < sizeHint)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = ArrayPool<byte>.Shared.Rent(sizeHint);
        }
        return buffer;
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>What was written. Disposing ends the stream, which a piece must not hold: so it is taken before.</summary>
    public DeflatedPiece Complete()
    {
        deflate.Flush();
        return new(deflated.ToArray(), crc.GetCurrentHashAsUInt32(), length);
    }

    public void Dispose()
    {
        deflate.Dispose();
        ArrayPool<byte>.Shared.Return(buffer);
    }
}
