using Azure.Data.Tables;

namespace ConflictData.Releases;

/// <summary>
/// What the table service takes, counted by ourselves: the emulator takes more. An entity has 1 MB, a property 64 KB of UTF-16,
/// a transaction 4 MB as it goes over the wire, where a character may become a six-byte escape.
/// </summary>
internal static class RevisionLimits
{
    public const int MostEntityBytes = 900_000;
    public const int MostTransactionBytes = 3_000_000;
    public const int MostTransactionRows = 100;

    /// <summary>The headers of one operation in a transaction, and the type annotation of one property.</summary>
    private const int OperationOverhead = 800, PropertyOverhead = 30;

    /// <summary>An upper bound of what an entity takes in a transaction.</summary>
    public static int Bytes(TableEntity entity) => OperationOverhead + entity.Sum(property =>
        PropertyOverhead + property.Key.Length + (property.Value is string text ? text.Sum(BytesOf) : PropertyOverhead));

    private static int BytesOf(char character) => char.IsAsciiLetterOrDigit(character) || " .,;:-_/()=?!@#%*[]{}|~^$".Contains(character) ? 1 : 6;
}
