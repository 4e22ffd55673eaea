using System.Buffers.Text;
using System.Text;

namespace ConflictData.OData;

/// <summary>Where a read stands. It never expires: a release does not change.</summary>
/// <param name="Release">The release that the read is pinned to.</param>
/// <param name="At">Stored order: the last sequence number given. Any other order: how many rows were given.</param>
/// <param name="Remaining">What $top leaves; null = no $top.</param>
/// <param name="Count">The total that $count found; null = not asked for.</param>
internal sealed record PagePosition(int Release, long At, long? Remaining, long? Count);

/// <summary>Who may go on reading until the end of the next hour without a key of their own.</summary>
/// <param name="KeyId">Id of the key that the read was begun with.</param>
/// <param name="Owner">Its owner.</param>
public sealed record TokenAuthorisation(string KeyId, string Owner);

/// <summary>A skip token: a position in one query, and an authorisation that every page renews; signed, and opaque to clients.</summary>
/// <param name="Position">Where the read stands.</param>
/// <param name="QueryHash">Of the query that it belongs to.</param>
/// <param name="KeyId">Id of the reader's key; "" = anonymous.</param>
/// <param name="Owner">Its owner.</param>
/// <param name="Hour">Hours since 1970 at which the page was written.</param>
internal sealed record PageToken(PagePosition Position, byte[] QueryHash, string KeyId, string Owner, long Hour)
{
    private const byte Version = 1;
    private const int SignatureLength = 16;

    public static long HourOf(DateTimeOffset time) => time.ToUnixTimeSeconds() / 3600;

    public string Write(TokenKeys keys)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Version);
            writer.Write(keys.SigningId);
            writer.Write7BitEncodedInt(Position.Release);
            writer.Write7BitEncodedInt64(Position.At);
            // One more than the number, so that 0 says that there is none.
            writer.Write7BitEncodedInt64((Position.Remaining ?? -1) + 1);
            writer.Write7BitEncodedInt64((Position.Count ?? -1) + 1);
            writer.Write((byte)QueryHash.Length);
            writer.Write(QueryHash);
            writer.Write(KeyId);
            writer.Write(Owner);
            writer.Write7BitEncodedInt64(Hour);
        }
        stream.Write(keys.Sign(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
        return Base64Url.EncodeToString(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    /// <summary>Null for a token that these keys did not sign.</summary>
    public static PageToken? Read(string text, TokenKeys keys)
    {
        if (!Base64Url.IsValid(text, out var length) || length <= SignatureLength)
        {
            return null;
        }
        var bytes = Base64Url.DecodeFromChars(text);
        var payload = bytes.AsSpan(0, length - SignatureLength);
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes, 0, payload.Length), Encoding.UTF8);
            return reader.ReadByte() == Version && keys.Accepts(reader.ReadString(), payload, bytes.AsSpan(payload.Length)) ? Read(reader) : null;
        }
        catch (Exception error) when (error is IOException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static PageToken Read(BinaryReader reader)
    {
        var position = new PagePosition(
            reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt64(), ReadOptional(reader), ReadOptional(reader));
        return new PageToken(position, reader.ReadBytes(reader.ReadByte()), reader.ReadString(), reader.ReadString(), reader.Read7BitEncodedInt64());
    }

    private static long? ReadOptional(BinaryReader reader) => reader.Read7BitEncodedInt64() is > 0 and var number ? number - 1 : null;
}
