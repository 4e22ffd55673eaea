using System.Security.Cryptography;
using ConflictData.Datasets;
using ConflictData.RowFiles;

namespace ConflictData.Releases;

/// <summary>
/// SHA-256 over revisions of one dataset, in order. Each revision is: the id as text; one byte for the action (0 upsert, 1 retract); the
/// reason as text; then, for every column but Id in alphabetical (ordinal) order that holds a value: the column's name as text and the
/// value as one tag byte with its bytes. Text is S with its length in UTF-8 bytes as 4 bytes and those bytes; an integer is I and 8 bytes;
/// a number N and the 8 bytes of the IEEE double, -0 as 0; a boolean B and 0 or 1; a date D and 8 bytes of days since 0001-01-01;
/// an instant T and 8 bytes of 100 ns since then in UTC. A revision ends in one byte 0. All numbers are little-endian. Empty columns add
/// nothing and names stand beside values, so a column that is added to a dataset, or moved, leaves old hashes as they are.
/// </summary>
public sealed class RevisionHash : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly HashBuffer buffer;
    private Dataset? dataset;
    private Column[] columns = [];

    public RevisionHash() => buffer = new(hash);

    /// <summary>The hash in lower-case hex of some of the revisions.</summary>
    public static string Of(IReadOnlyList<Revision> revisions, int first, int count)
    {
        using var hash = new RevisionHash();
        foreach (var revision in revisions.Between(first, first + count))
        {
            hash.Add(revision);
        }

        return hash.End();
    }

    /// <summary>The hash in lower-case hex of all of them.</summary>
    public static string Of(IReadOnlyList<Revision> revisions) => Of(revisions, 0, revisions.Count);

    /// <summary>Takes the next revision in.</summary>
    public void Add(Revision revision)
    {
        if (revision.Dataset != dataset)
        {
            dataset = revision.Dataset;
            columns = [.. dataset.Columns.Skip(1).OrderBy(column => column.Name, StringComparer.Ordinal)];
        }

        buffer.Text(revision.Id);
        buffer.Byte(revision.Action == RevisionAction.Retract ? (byte)1 : (byte)0);
        buffer.Text(revision.Reason);
        foreach (var column in columns)
        {
            if (revision.Values[column.Ordinal] is { } value)
            {
                buffer.Text(column.Name);
                Append(value);
            }
        }

        buffer.Byte(0);
    }

    /// <summary>The hash in lower-case hex of those that were added; the next one begins anew.</summary>
    public string End()
    {
        buffer.Flush();
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public void Dispose() => hash.Dispose();

    private void Append(object value)
    {
        switch (value)
        {
            case string text: buffer.Text(text); break;
            case long integer: buffer.Number('I', integer); break;
            case double number: buffer.Number('N', BitConverter.DoubleToInt64Bits(number == 0 ? 0 : number)); break;
            case bool boolean: buffer.Byte((byte)'B'); buffer.Byte(boolean ? (byte)1 : (byte)0); break;
            case DateOnly date: buffer.Number('D', date.DayNumber); break;
            case DateTimeOffset instant: buffer.Number('T', instant.UtcTicks); break;
            default: throw new ArgumentException($"A revision cannot hold a {value.GetType()}.", nameof(value));
        }
    }
}
