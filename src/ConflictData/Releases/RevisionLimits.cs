using System.Text;
using Azure.Data.Tables;
using ConflictData.Api;

namespace ConflictData.Releases;

/// <summary>
/// What the table service takes, counted by ourselves: the emulator takes more. An entity has 1 MB, a property 64 KB of UTF-16,
/// a transaction 4 MB as it goes over the wire, where a character may become a six-byte escape.
/// </summary>
public static class RevisionLimits
{
    internal const int MostEntityBytes = 900_000;
    internal const int MostTransactionBytes = 3_000_000;
    internal const int MostTransactionRows = 100;
    private const int MostPropertyChars = 32_000;

    /// <summary>The headers of one operation in a transaction, and the type annotation of one property.</summary>
    private const int OperationOverhead = 800, PropertyOverhead = 30;

    /// <summary>Why a revision cannot be stored; null where it can. To be asked of every revision before any is written.</summary>
    public static ApiError? Refusal(Revision revision)
    {
        foreach (var column in revision.Dataset.Columns)
        {
            if (Flaw(revision.Values[column.Ordinal]) is { } flaw)
            {
                return Refused(revision, $"{column.Name} {flaw}", column.Name);
            }
        }

        var bytes = Bytes(RevisionEntity.Write("", 0, revision));
        return bytes <= MostEntityBytes ? null : Refused(revision, $"takes {bytes} bytes in storage, more than {MostEntityBytes}: shorten its texts.", null);
    }

    /// <summary>An upper bound of what an entity takes in a transaction.</summary>
    internal static int Bytes(TableEntity entity) => OperationOverhead + entity.Sum(property =>
        PropertyOverhead + property.Key.Length + (property.Value is string text ? text.Sum(BytesOf) : PropertyOverhead));

    private static int BytesOf(char character) => char.IsAsciiLetterOrDigit(character) || " .,;:-_/()=?!@#%*[]{}|~^$".Contains(character) ? 1 : 6;

    private static string? Flaw(object? value) => value switch
    {
        string { Length: > MostPropertyChars } => $"is longer than {MostPropertyChars} characters.",
        string text when HasLoneSurrogate(text) => "holds half a character (a lone surrogate).",
        double number when !double.IsFinite(number) => "is not a finite number.",
        _ => null,
    };

    private static bool HasLoneSurrogate(string text)
    {
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var used) != System.Buffers.OperationStatus.Done)
            {
                return true;
            }

            rest = rest[used..];
        }

        return false;
    }

    private static ApiError Refused(Revision revision, string detail, string? target) =>
        new(ErrorCode.Rejected, $"{revision.Dataset} {revision.Id}: {detail}") { Target = target };
}
