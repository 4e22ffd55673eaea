using System.Buffers;
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

    /// <summary>The longest form of a character, such as \u00e9.</summary>
    private const int EscapeBytes = 6;

    /// <summary>Characters that go over the wire as they are.</summary>
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 .,;:-_/()=?!@#%*[]{}|~^$");

    /// <summary>An upper bound of what an entity takes in a transaction.</summary>
    public static int Bytes(TableEntity entity) => OperationOverhead + entity.Sum(property =>
        PropertyOverhead + property.Key.Length + (property.Value is string text ? Bytes(text) : PropertyOverhead));

    private static int Bytes(ReadOnlySpan<char> text)
    {
        var bytes = text.Length;
        for (var escaped = text.IndexOfAnyExcept(Plain); escaped >= 0; escaped = text.IndexOfAnyExcept(Plain))
        {
            bytes += EscapeBytes - 1;
            text = text[(escaped + 1)..];
        }

        return bytes;
    }
}
