using System.Buffers.Binary;

namespace ConflictData.OData;

/// <summary>
/// Pieces as one gzip file of one member. Members in a row are a gzip file too, but curl and wget read only the first and
/// say nothing.
/// </summary>
internal static class GzipMember
{
    /// <summary>Deflate, no name, no time, no particular system.</summary>
    private static readonly ReadOnlyMemory<byte> Start = new byte[] { 0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255 };

    /// <summary>The bytes of the file, in parts.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Of(params ReadOnlySpan<DeflatedPiece> pieces)
    {
        var parts = new List<ReadOnlyMemory<byte>> { Start };
        var (crc, length) = (0u, 0L);
        foreach (var piece in pieces)
        {
            parts.Add(piece.Bytes);
            (crc, length) = (Crc32Join.Of(crc, piece.Crc, piece.Length), length + piece.Length);
        }
        parts.Add(End(crc, length));
        return parts;
    }

    /// <summary>An empty last block, the checksum, and the length modulo 2³².</summary>
    private static byte[] End(uint crc, long length)
    {
        var end = new byte[] { 3, 0, 0, 0, 0, 0, 0, 0, 0, 0 };
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(2), crc);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(6), unchecked((uint)length));
        return end;
    }
}
