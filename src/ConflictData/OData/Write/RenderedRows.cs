using System.Buffers;

namespace ConflictData.OData;

/// <summary>Rows that are rendered before it is their turn to be sent, in pooled pieces of memory.</summary>
internal sealed class RenderedRows : IBufferWriter<byte>, IDisposable
{
    private const int PieceSize = 128 * 1024;

    private readonly List<(byte[] Bytes, int Length)> full = [];
    private byte[] piece = [];
    private int length;

    public void Advance(int count) => length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (piece.Length - length < Math.Max(1, sizeHint))
        {
            PutAside();
            piece = ArrayPool<byte>.Shared.Rent(Math.Max(PieceSize, sizeHint));
        }

        return piece.AsMemory(length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void CopyTo(IBufferWriter<byte> output)
    {
        foreach (var (bytes, written) in full)
        {
            output.Write(bytes.AsSpan(0, written));
        }

        output.Write(piece.AsSpan(0, length));
    }

    public void Dispose()
    {
        PutAside();
        full.ForEach(one => ArrayPool<byte>.Shared.Return(one.Bytes));
        full.Clear();
    }

    private void PutAside()
    {
        if (piece.Length > 0)
        {
            full.Add((piece, length));
        }

        (piece, length) = ([], 0);
    }
}
