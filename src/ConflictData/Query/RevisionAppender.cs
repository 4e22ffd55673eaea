using ConflictData.Datasets;
using DuckDB.NET.Data;

namespace ConflictData.Query;

/// <summary>Appends rows to a dataset's table in the order of their sequence numbers, and fills the columns that the commit fills.</summary>
internal sealed class RevisionAppender(DuckDBConnection connection, Dataset dataset, long firstSequence) : IDisposable
{
    private readonly int release = dataset["Release"].Ordinal;
    private readonly int modifiedAt = dataset["ModifiedAt"].Ordinal;
    private readonly int changeReason = dataset["ChangeReason"].Ordinal;
    private DuckDBAppender? appender;
    private long sequence = firstSequence;

    /// <summary>About how many bytes were appended since the last <see cref="Flush"/>, until which they are held twice.</summary>
    public int Held { get; private set; }

    /// <summary>Bytes of all values that were appended.</summary>
    public long Values { get; private set; }

    public void Append(RevisionBatch.Row row)
    {
        appender ??= connection.CreateAppender(dataset.Name);
        var target = appender.CreateRow();
        var values = row.Revision.Values;
        for (var ordinal = 0; ordinal < values.Length; ordinal++)
        {
            var value = System(ordinal, row) ?? values[ordinal];
            Append(target, value);
            var bytes = value switch { null => 0, string text => text.Length, _ => sizeof(long) };
            Held += value is string ? bytes + sizeof(long) : sizeof(long);
            Values += bytes;
        }

        target.AppendValue(sequence++).AppendValue(row.Commit.Release).AppendValue(row.To).EndRow();
    }

    /// <summary>Hands over to the table what was appended.</summary>
    /// <returns>About how many bytes that were.</returns>
    public int Flush()
    {
        appender?.Close();
        Dispose();
        (var flushed, Held) = (Held, 0);
        return flushed;
    }

    public void Dispose()
    {
        appender?.Dispose();
        appender = null;
    }

    /// <summary>A value of a type that revisions hold; null = empty.</summary>
    public static void Append(IDuckDBAppenderRow row, object? value) => _ = value switch
    {
        null => row.AppendNullValue(),
        string text => row.AppendValue(text),
        long number => row.AppendValue(number),
        double number => row.AppendValue(number),
        bool truth => row.AppendValue(truth),
        DateOnly day => row.AppendValue(day),
        DateTimeOffset instant => row.AppendValue(instant.UtcDateTime),
        _ => throw new ArgumentException($"A revision cannot hold a {value.GetType().Name}.", nameof(value)),
    };

    private object? System(int ordinal, RevisionBatch.Row row) =>
        ordinal == release ? (long)row.Commit.Release
        : ordinal == modifiedAt ? row.Commit.CommittedAt
        : ordinal == changeReason ? row.Revision.Reason
        : null;
}
