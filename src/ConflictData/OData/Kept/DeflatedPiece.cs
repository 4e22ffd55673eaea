namespace ConflictData.OData;

/// <summary>Part of a text, compressed so that the parts in a row are the whole text compressed.</summary>
/// <param name="Bytes">Deflate blocks that end at a byte, none of them the last one of a stream.</param>
/// <param name="Crc">CRC-32 of the text.</param>
/// <param name="Length">Bytes of the text.</param>
internal sealed record DeflatedPiece(ReadOnlyMemory<byte> Bytes, uint Crc, long Length)
{
    /// <summary>Several in a row as one.</summary>
    public static DeflatedPiece Join(IReadOnlyCollection<DeflatedPiece> pieces)
    {
        var bytes = new byte[pieces.Sum(piece => piece.Bytes.Length)];
        var (end, crc, length) = (0, 0u, 0L);
        foreach (var piece in pieces)
        {
            piece.Bytes.CopyTo(bytes.AsMemory(end));
            (end, crc, length) = (end + piece.Bytes.Length, Crc32Join.Of(crc, piece.Crc, piece.Length), length + piece.Length);
        }
        return new(bytes, crc, length);
    }
}
