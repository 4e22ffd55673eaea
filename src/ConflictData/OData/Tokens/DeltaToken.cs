using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ConflictData.Releases;

namespace ConflictData.OData;

/// <summary>
/// A delta token: the release that a client has of one query. It never expires and lets nobody in: every release is kept, and
/// who follows a delta link shows a key of their own.
/// </summary>
/// <param name="Release">Number of the release; 0 = the store was empty.</param>
/// <param name="Mark">Tells that release from one of the same number in a store that was begun anew.</param>
/// <param name="QueryHash">Of the query.</param>
internal sealed record DeltaToken(int Release, byte[] Mark, byte[] QueryHash)
{
    private const int MarkLength = 8;

    /// <summary>A token as long as any of its kind.</summary>
    public static DeltaToken Longest { get; } = new(int.MaxValue, new byte[MarkLength], new byte[OData.QueryHash.Length]);

    /// <summary>The mark of a release; null = before the first.</summary>
    public static byte[] MarkOf(Commit? commit) => commit is null ? [] : SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{commit.SubmissionId}.{commit.Attempt}.{commit.CommittedAt.UtcTicks}")))[..MarkLength];

    public string Write(TokenKeys keys) => SignedToken.Write(TokenKind.Delta, keys, writer =>
    {
        writer.Write7BitEncodedInt(Release);
        writer.Write((byte)Mark.Length);
        writer.Write(Mark);
        writer.Write(QueryHash);
    });

    /// <summary>Null for a token that these keys did not sign.</summary>
    public static DeltaToken? Read(string text, TokenKeys keys) => SignedToken.Read(text, keys, (kind, reader) => kind == TokenKind.Delta
        ? new DeltaToken(reader.Read7BitEncodedInt(), reader.ReadBytes(reader.ReadByte()), reader.ReadBytes(OData.QueryHash.Length))
        : null);
}
