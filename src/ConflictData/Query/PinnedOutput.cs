using System.Buffers;

namespace ConflictData.Query;

/// <summary>The free part of a buffer writer as plain addresses, fetched a large piece at a time.</summary>
internal sealed unsafe class PinnedOutput(IBufferWriter<byte> output) : IDisposable
{
    private const int PieceSize = 64 * 1024;

    private MemoryHandle pin;
    private byte* start;

    /// <summary>Where the next byte goes.</summary>
    public byte* Next { get; set; }

    /// <summary>End of the free part.</summary>
    public byte* End { get; private set; }

    /// <summary>Makes room for so many bytes at <see cref="Next"/>.</summary>
    public void Reserve(int bytes)
    {
        if (End - Next >= bytes)
        {
            return;
        }

        Release(0);
        var memory = output.GetMemory(Math.Max(bytes, PieceSize));
        pin = memory.Pin();
        start = Next = (byte*)pin.Pointer;
        End = start + memory.Length;
    }

    /// <summary>Hands over what was written but for so many bytes at its end.</summary>
    public void Complete(int cut) => Release(cut);

    public void Dispose() => pin.Dispose();

    private void Release(int cut)
    {
        if (start != null)
        {
            output.Advance((int)(Next - start) - cut);
            pin.Dispose();
            start = Next = End = null;
        }
    }
}
