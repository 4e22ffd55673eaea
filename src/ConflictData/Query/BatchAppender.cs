using DuckDB.NET.Data;

namespace ConflictData.Query;

/// <summary>Appends the rows of batches, many of them in more than one transaction, so that most of them are compressed before the last one comes.</summary>
internal static class BatchAppender
{
    /// <summary>Bytes that an appender holds, and those that a transaction does, none of them compressed.</summary>
    private const int AppenderBytes = 8 * 1024 * 1024, TransactionBytes = 128 * 1024 * 1024;

    /// <summary>Appends all rows.</summary>
    /// <returns>The transaction that has the last of them, still open.</returns>
    public static DuckDBTransaction Append(DuckDBConnection connection, IReadOnlyList<RevisionBatch> batches, CancellationToken cancellation)
    {
        var transaction = connection.BeginTransaction();
        try
        {
            var bytes = 0L;
            foreach (var written in batches.SelectMany(batch => Append(connection, batch, cancellation)))
            {
                bytes += written;
                if (bytes >= TransactionBytes)
                {
                    (transaction, bytes) = (Next(connection, transaction), 0);
                }
            }

            return transaction;
        }
        catch
        {
            transaction.Dispose();
            throw;
        }
    }

    /// <summary>Appends the rows of one batch, and gives from time to time about how many bytes were handed over to the table.</summary>
    private static IEnumerable<int> Append(DuckDBConnection connection, RevisionBatch batch, CancellationToken cancellation)
    {
        using var rows = new RevisionAppender(connection, batch.Dataset, batch.FirstSequence);
        foreach (var row in batch.Rows)
        {
            cancellation.ThrowIfCancellationRequested();
            rows.Append(row);
            if (rows.Held >= AppenderBytes)
            {
                yield return rows.Flush();
            }
        }

        yield return rows.Flush();
    }

    private static DuckDBTransaction Next(DuckDBConnection connection, DuckDBTransaction transaction)
    {
        transaction.Commit();
        transaction.Dispose();
        EngineDatabase.TryCompress(connection);
        return connection.BeginTransaction();
    }
}
