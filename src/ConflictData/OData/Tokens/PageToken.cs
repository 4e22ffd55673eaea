using ConflictData.Query;

namespace ConflictData.OData;

/// <summary>Where a read stands. It never expires: neither a release nor a version of the tags changes.</summary>
/// <param name="Point">What the read is pinned to.</param>
/// <param name="At">Stored order: the last sequence number given. Any other order: how many rows were given.</param>
/// <param name="Remaining">What $top leaves; null = no $top.</param>
/// <param name="Count">The total that $count found; null = not asked for.</param>
internal sealed record PagePosition(AsOf Point, long At, long? Remaining, long? Count)
{
    /// <summary>True where the first page was asked to track changes: the last one then carries the delta link.</summary>
    public bool Tracked { get; init; }
}

/// <summary>Who may go on reading until the end of the next hour without a key of their own.</summary>
/// <param name="KeyId">Id of the key that the read was begun with.</param>
/// <param name="Owner">Its owner.</param>
public sealed record TokenAuthorisation(string KeyId, string Owner);

/// <summary>A skip token: a position in one query, and an authorisation that every page renews.</summary>
/// <param name="Position">Where the read stands.</param>
/// <param name="QueryHash">Of the query that it belongs to.</param>
/// <param name="KeyId">Id of the reader's key; "" = anonymous.</param>
/// <param name="Owner">Its owner.</param>
/// <param name="Hour">Hours since 1970 at which the page was written.</param>
internal sealed record PageToken(PagePosition Position, byte[] QueryHash, string KeyId, string Owner, long Hour)
{
    public static long HourOf(DateTimeOffset time) => time.ToUnixTimeSeconds() / 3600;

    public string Write(TokenKeys keys) => SignedToken.Write(Position.Tracked ? TokenKind.TrackedPage : TokenKind.Page, keys, writer =>
    {
        writer.Write7BitEncodedInt(Position.Point.Release);
        writer.Write7BitEncodedInt(Position.Point.Tags);
        writer.Write7BitEncodedInt64(Position.At);
        // One more than the number, so that 0 says that there is none.
        writer.Write7BitEncodedInt64((Position.Remaining ?? -1) + 1);
        writer.Write7BitEncodedInt64((Position.Count ?? -1) + 1);
        writer.Write((byte)QueryHash.Length);
        writer.Write(QueryHash);
        writer.Write(KeyId);
        writer.Write(Owner);
        writer.Write7BitEncodedInt64(Hour);
    });

    /// <summary>Null for a token that these keys did not sign.</summary>
    public static PageToken? Read(string text, TokenKeys keys) => SignedToken.Read(text, keys, (kind, reader) =>
        kind is TokenKind.Page or TokenKind.TrackedPage ? Read(reader, kind == TokenKind.TrackedPage) : null);

    private static PageToken Read(BinaryReader reader, bool tracked)
    {
        var point = new AsOf(reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt());
        var position = new PagePosition(point, reader.Read7BitEncodedInt64(), ReadOptional(reader), ReadOptional(reader)) { Tracked = tracked };
        return new PageToken(position, reader.ReadBytes(reader.ReadByte()), reader.ReadString(), reader.ReadString(), reader.Read7BitEncodedInt64());
    }

    private static long? ReadOptional(BinaryReader reader) => reader.Read7BitEncodedInt64() is > 0 and var number ? number - 1 : null;
}
