using ConflictData.Datasets;
using ConflictData.Releases;
using DuckDB.NET.Data;

namespace ConflictData.Query;

/// <summary>
/// Writes batches into the tables, each batch in one transaction. Rows are appended in the order of their sequence numbers,
/// which is the order in which they are stored and read. Not for two threads at once.
/// </summary>
internal sealed class EngineWriter : IDisposable
{
    private const string ReplacedTable = "_replaced";

    /// <summary>So many new rows are compressed at once, and fewer where they are an eighth of all: each row is compressed a few times at most.</summary>
    private const int LooseRows = 10_000;

    private const int AppendedRows = 2048;

    private readonly DuckDBConnection connection;
    private long storedRows, looseRows;

    public EngineWriter(EngineDatabase database)
    {
        connection = database.Open();
        CreateTables();
        foreach (var macro in ViewSql.CreateMacros())
        {
            EngineDatabase.Run(connection, macro);
        }

        EngineDatabase.Run(connection, $"CREATE TEMP TABLE {ReplacedTable} (_seq BIGINT NOT NULL, _to INTEGER NOT NULL)");
    }

    public void Write(IReadOnlyList<RevisionBatch> batches, IEnumerable<Commit> commits, CancellationToken cancellation)
    {
        using var transaction = connection.BeginTransaction();
        foreach (var batch in batches)
        {
            Append(batch, cancellation);
            Replace(batch);
        }

        Append(commits);
        cancellation.ThrowIfCancellationRequested();
        transaction.Commit();
        var rows = batches.Sum(batch => batch.Count);
        (storedRows, looseRows) = (storedRows + rows, looseRows + rows);
    }

    /// <summary>
    /// Fills the empty tables from a checkpoint's files; where that fails they are empty again. Nobody may read meanwhile, which
    /// nobody does while there is no release.
    /// </summary>
    /// <param name="history">The releases whose revisions they have.</param>
    /// <param name="files">The path of each dataset's file.</param>
    public void Load(ReleaseHistory history, IReadOnlyDictionary<Dataset, string> files)
    {
        try
        {
            foreach (var (dataset, path) in files)
            {
                CheckpointTables.Fill(connection, dataset, path, history);
            }

            Append(history.Commits);
        }
        catch
        {
            CreateTables();
            throw;
        }

        var rows = files.Keys.Sum(dataset => history.LastSequence(dataset));
        (storedRows, looseRows) = (rows, rows);
    }

    /// <summary>
    /// Compresses the new rows once there are enough of them. Where a long read stands against it, they are left for the next
    /// time: they can be read as they are.
    /// </summary>
    public void Compress()
    {
        if (looseRows >= Math.Min(LooseRows, Math.Max(1, storedRows / 8)) && EngineDatabase.TryCompress(connection))
        {
            looseRows = 0;
        }
    }

    public void Write(IEnumerable<TagMove> moves)
    {
        using var transaction = connection.BeginTransaction();
        TagTables.Append(connection, moves);
        transaction.Commit();
    }

    public void Dispose() => connection.Dispose();

    private void CreateTables()
    {
        foreach (var statement in EngineSchema.CreateTables())
        {
            EngineDatabase.Run(connection, statement);
        }
    }

    private void Append(IEnumerable<Commit> commits)
    {
        using var appender = connection.CreateAppender(ViewSql.CommitsTable);
        foreach (var commit in commits)
        {
            var row = appender.CreateRow().AppendValue(commit.Release).AppendValue(commit.CommittedAt.UtcDateTime);
            AppendValue(row, commit.Reason);
            AppendValue(row, commit.Message);
            row.EndRow();
        }

        appender.Close();
    }

    /// <summary>An appender holds what it was given until it is closed, so each takes a portion.</summary>
    private void Append(RevisionBatch batch, CancellationToken cancellation)
    {
        var system = new SystemColumns(batch.Dataset);
        var sequence = batch.FirstSequence;
        foreach (var portion in batch.Rows.Chunk(AppendedRows))
        {
            using var appender = connection.CreateAppender(batch.Dataset.Name);
            foreach (var row in portion)
            {
                cancellation.ThrowIfCancellationRequested();
                var target = appender.CreateRow();
                var values = row.Revision.Values;
                for (var ordinal = 0; ordinal < values.Length; ordinal++)
                {
                    AppendValue(target, system.Value(ordinal, row) ?? values[ordinal]);
                }

                target.AppendValue(sequence++).AppendValue(row.Commit.Release).AppendValue(row.To).EndRow();
            }

            appender.Close();
        }
    }

    /// <summary>
    /// Ends what the batch replaces. The bounds let the engine pass over the parts of the table in which nothing is replaced.
    /// A tombstone keeps its end, which its own release gave it.
    /// </summary>
    private void Replace(RevisionBatch batch)
    {
        if (batch.Replaced.Count == 0)
        {
            return;
        }

        EngineDatabase.Run(connection, $"DELETE FROM {ReplacedTable}");
        using (var appender = connection.CreateAppender("temp", "main", ReplacedTable))
        {
            foreach (var (sequence, release) in batch.Replaced)
            {
                appender.CreateRow().AppendValue(sequence).AppendValue(release).EndRow();
            }
        }

        var (first, last) = (batch.Replaced.Keys.Min(), batch.Replaced.Keys.Max());
        EngineDatabase.Run(connection, $"""
            UPDATE {EngineSchema.Quote(batch.Dataset.Name)} AS stored SET _to = replaced._to FROM {ReplacedTable} AS replaced
            WHERE stored._seq = replaced._seq AND stored._seq BETWEEN {first} AND {last} AND stored._to = {EngineSchema.Open}
            """);
    }

    private static void AppendValue(IDuckDBAppenderRow row, object? value) => _ = value switch
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

    /// <summary>The columns that the commit fills.</summary>
    private readonly struct SystemColumns(Dataset dataset)
    {
        private readonly int release = dataset["Release"].Ordinal;
        private readonly int modifiedAt = dataset["ModifiedAt"].Ordinal;
        private readonly int changeReason = dataset["ChangeReason"].Ordinal;

        public object? Value(int ordinal, RevisionBatch.Row row) =>
            ordinal == release ? (long)row.Commit.Release
            : ordinal == modifiedAt ? row.Commit.CommittedAt
            : ordinal == changeReason ? row.Revision.Reason
            : null;
    }
}
