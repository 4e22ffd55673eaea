using DuckDB.NET.Data;

namespace ConflictData.Query;

/// <summary>Appends the rows of batches, many of them in more than one transaction, so that most of them are compressed before the last one comes.</summary>
internal static class BatchAppender
{
    /// <summary>Bytes that an appender holds, and those that a transaction does, none of them compressed.</summary>
    private const int AppenderBytes = 8 * 1024 * 1024, TransactionBytes = 128 * 1024 * 1024;

    /// <summary>Appends all rows.</summary>
    /// <returns>The transaction that has the last of them, still open; and the bytes of all their values.</returns>
    public static (DuckDBTransaction Last, long Values) Append(DuckDBConnection connection, IReadOnlyList<RevisionBatch> batches, CancellationToken cancellation)
    {
        var transaction = connection.BeginTransaction();
        try
        {
            var (bytes, values) = (0L, 0L);
            foreach (var written in batches.SelectMany(batch => Append(connection, batch, cancellation)))
            {
                bytes += written.Bytes;
                values += written.Values;
                if (bytes >= TransactionBytes)
                {
                    (transaction, bytes) = (Next(connection, transaction), 0);
                }
            }

            return (transaction, values);
        }
        catch
        {
            transaction.Dispose();
            throw;
        }
    }

    /// <summary>Appends the rows of one batch, and gives from time to time about how many bytes were handed over to the table; in the end those of the values too.</summary>
    private static IEnumerable<(int Bytes, long Values)> Append(DuckDBConnection connection, RevisionBatch batch, CancellationToken cancellation)
    {
        using var rows = new RevisionAppender(connection, batch.Dataset, batch.FirstSequence);
        foreach (var row in batch.Rows)
        {
            cancellation.ThrowIfCancellationRequested();
            rows.Append(row);
            if (rows.Held >= AppenderBytes)
            {
                yield return (rows.Flush(), 0);
            }
        }

        yield return (rows.Flush(), rows.Values);
    }

    private static DuckDBTransaction Next(DuckDBConnection connection, DuckDBTransaction transaction)
    {
        transaction.Commit();
        transaction.Dispose();
        EngineDatabase.TryCompress(connection);
        return connection.BeginTransaction();
    }
}
