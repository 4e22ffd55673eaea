using System.Globalization;
using ConflictData.Datasets;
using ConflictData.Releases;
using DuckDB.NET.Data;

namespace ConflictData.Query;

/// <summary>
/// Writes batches into the tables. Rows are appended in the order of their sequence numbers, which is the order in which they are stored
/// and read; many of them in more than one transaction, with what came compressed in between. What was appended counts only once its
/// release is the head, so nobody sees it before; where the writing is broken off, it is removed before the next begins. Not for two
/// threads at once.
/// </summary>
internal sealed class EngineWriter : IDisposable
{
    private const string ReplacedTable = "_replaced";

    /// <summary>What lies in tables, in memory or, where that is short, on the local disk; with the indexes, which always lie in memory.</summary>
    private const string Measure = "SELECT sum(memory_usage_bytes + temporary_storage_bytes)::BIGINT FROM duckdb_memory() WHERE tag IN ('IN_MEMORY_TABLE', 'ART_INDEX')";

    /// <summary>So many new rows are compressed at once, and fewer where they are an eighth of all: each row is compressed a few times at most.</summary>
    private const int LooseRows = 10_000;

    private readonly DuckDBConnection connection;

    /// <summary>Where the rows begin that may have been left by a writing that was broken off.</summary>
    private readonly Dictionary<Dataset, long> unfinished = [];

    private long storedRows, looseRows, looseBytes, measured, held;

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

    /// <summary>
    /// About how many bytes the tables hold: as measured when all rows were compressed, and by reckoning what came since, which soon will be too.
    /// </summary>
    public long Held => Volatile.Read(ref held);

    public void Write(IReadOnlyList<RevisionBatch> batches, IReadOnlyList<Commit> commits, CancellationToken cancellation)
    {
        RemoveUnfinished();
        foreach (var batch in batches)
        {
            unfinished[batch.Dataset] = batch.FirstSequence;
        }

        var (transaction, values) = BatchAppender.Append(connection, batches, cancellation);
        using (transaction)
        {
            foreach (var batch in batches)
            {
                Replace(batch);
            }

            Redact([.. commits.Select(commit => commit.Redaction).OfType<Redaction>()]);

            Append(commits);
            cancellation.ThrowIfCancellationRequested();
            transaction.Commit();
        }

        unfinished.Clear();
        var rows = batches.Sum(batch => batch.Count);
        (storedRows, looseRows, looseBytes) = (storedRows + rows, looseRows + rows, looseBytes + values);
    }

    /// <summary>
    /// Fills the empty tables from a checkpoint's files; where that fails they are empty again. Nobody may read meanwhile, which
    /// nobody does while there is no release.
    /// </summary>
    /// <param name="history">The releases whose revisions they have.</param>
    /// <param name="files">The path of each dataset's file.</param>
    public void Load(ReleaseHistory history, IReadOnlyDictionary<Dataset, string> files)
    {
        RemoveUnfinished();
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
        // A file is as small as its rows will be here.
        (storedRows, looseRows, looseBytes) = (rows, rows, files.Values.Sum(path => new FileInfo(path).Length * EngineRoom.Compression));
    }

    /// <summary>
    /// Compresses the new rows once there are enough of them. Where a long read stands against it, they are left for the next
    /// time: they can be read as they are.
    /// </summary>
    public void Compress()
    {
        if (looseRows >= Math.Min(LooseRows, Math.Max(1, storedRows / 8)) && EngineDatabase.TryCompress(connection))
        {
            (looseRows, looseBytes, measured) = (0, 0, EngineDatabase.Number(connection, Measure));
        }

        Volatile.Write(ref held, measured + EngineRoom.Needed(looseRows, looseBytes));
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
            RevisionAppender.Append(row, commit.Reason);
            RevisionAppender.Append(row, commit.Message);
            row.EndRow();
        }

        appender.Close();
    }

    private void RemoveUnfinished()
    {
        foreach (var (dataset, sequence) in unfinished)
        {
            EngineDatabase.Run(connection, string.Create(CultureInfo.InvariantCulture, $"DELETE FROM {EngineSchema.Quote(dataset.Name)} WHERE _seq >= {sequence}"));
        }

        unfinished.Clear();
    }

    private void Redact(IReadOnlyList<Redaction> redactions)
    {
        foreach (var redaction in redactions)
        {
            Redact(redaction);
        }

        if (redactions.Any(redaction => TagTotals.View.Reads.Contains(redaction.Dataset)))
        {
            TagTables.Renew(connection);
        }
    }

    /// <summary>Puts the mark in the place of texts. The rows stay where they are.</summary>
    private void Redact(Redaction redaction)
    {
        var set = redaction.Columns.Select(EngineSchema.Quote).Select(column => $"{column} = CASE WHEN {column} IS NULL THEN NULL ELSE {EngineDatabase.Literal(Redaction.Mark)} END");
        var sequences = redaction.Revisions.Select(revision => revision.Sequence.ToString(CultureInfo.InvariantCulture));
        EngineDatabase.Run(connection, $"UPDATE {EngineSchema.Quote(redaction.Dataset)} SET {string.Join(", ", set)} WHERE _seq IN ({string.Join(", ", sequences)})");
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
}
