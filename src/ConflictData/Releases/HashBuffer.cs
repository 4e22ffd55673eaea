using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ConflictData.Releases;

/// <summary>Collects small values before they go to a hash, which is slow byte by byte.</summary>
internal sealed class HashBuffer(IncrementalHash hash)
{
    private readonly byte[] bytes = new byte[64 * 1024];
    private int used;

    public void Byte(byte value)
    {
        MakeRoom(1);
        bytes[used++] = value;
    }

    /// <summary>A tag and 8 bytes.</summary>
    public void Number(char tag, long value)
    {
        MakeRoom(9);
        bytes[used] = (byte)tag;
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(used + 1), value);
        used += 9;
    }

    public void Text(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        MakeRoom(5);
        bytes[used] = (byte)'S';
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(used + 1), length);
        used += 5;
        if (length > bytes.Length)
        {
            Flush();
            hash.AppendData(Encoding.UTF8.GetBytes(text));
            return;
        }

        MakeRoom(length);
        used += Encoding.UTF8.GetBytes(text, bytes.AsSpan(used));
    }

    public void Flush()
    {
        hash.AppendData(bytes, 0, used);
        used = 0;
    }

    private void MakeRoom(int count)
    {
        if (used + count > bytes.Length)
        {
            Flush();
        }
    }
}
