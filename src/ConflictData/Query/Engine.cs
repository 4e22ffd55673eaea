using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.Releases;
using DuckDB.NET.Data;

namespace ConflictData.Query;

/// <summary>
/// Every revision of every dataset in memory, and queries over them at any release. Tables lie as <see cref="EngineSchema"/>
/// says. Reads run beside each other and beside <see cref="Apply"/>; none sees half a commit.
/// </summary>
public sealed class Engine : IAsyncDisposable
{
    private readonly EngineDatabase database;
    private readonly EngineWriter writer;
    private readonly EngineReads reads;
    private readonly TagTotals tagTotals;
    private readonly ViewTables tables;
    private readonly KeptRows rows;
    private readonly Lock applying = new();
    private readonly IdMap ids = new();
    private readonly long memoryLimit;
    private volatile ReleaseHistory history = ReleaseHistory.Empty;

    public Engine(Settings settings, TimeProvider clock)
    {
        database = new(settings);
        memoryLimit = settings.EngineMemoryBytes;
        writer = new(database);
        reads = new(database, settings, clock);
        tagTotals = new(reads);
        tables = new(database, reads, () => history);
        rows = new(database, () => history, settings.KeptRowsMegabytes * 1_000_000L);
    }

    /// <summary>The releases that queries may name. Take it once for a request, and use nothing newer than its head.</summary>
    public ReleaseHistory History => history;

    /// <summary>Sequence number of the dataset's last revision; 0 while it has none.</summary>
    public long LastSequence(Dataset dataset) => history.LastSequence(dataset);

    /// <summary>
    /// Sequence number of the last revision of a record, letter case of its id ignored; null for an id that was never used.
    /// The revision may be a tombstone, or newer than the release that a caller reads.
    /// </summary>
    public async ValueTask<long?> SequenceOf(Dataset dataset, string id, CancellationToken cancellation)
    {
        await ids.Complete.WaitAsync(cancellation);
        return ids.Find(dataset, id);
    }

    /// <summary>A folder for files that the engine is to read or write; it can reach no others.</summary>
    public WorkFolder NewWorkFolder() => database.NewWorkFolder();

    /// <summary>
    /// Takes all releases of a checkpoint over, all or none, into an engine that has none. Pages can be read when this returns;
    /// the ids of records, which it takes longer to know, are waited for where they are needed.
    /// </summary>
    /// <param name="commits">The releases, from the first.</param>
    /// <param name="files">The Parquet file of each dataset, in a <see cref="WorkFolder"/>.</param>
    /// <exception cref="InvalidDataException">The files have other revisions than the commits.</exception>
    public void Load(IReadOnlyList<Commit> commits, IReadOnlyDictionary<Dataset, string> files)
    {
        lock (applying)
        {
            if (history.Head is { } head)
            {
                throw new InvalidOperationException($"The engine is at release {head.Release}; a checkpoint is loaded into an empty one.");
            }

            var next = history.With(commits);
            writer.Load(next, files);
            ids.Fill(ReadIds);
            history = next;
            writer.Compress();
        }
    }

    /// <summary>
    /// Adds the commits that follow the head, all or none, and then makes them the head. One call with a thousand commits
    /// is far cheaper than a thousand calls.
    /// </summary>
    /// <exception cref="InvalidDataException">They do not follow the head, or their revisions are not those that they declare.</exception>
    public void Apply(IReadOnlyList<CommittedRevisions> commits, CancellationToken cancellation)
    {
        lock (applying)
        {
            ids.Complete.GetAwaiter().GetResult();
            var next = history.With(commits.Select(item => item.Commit));
            var batches = Batches.Of(commits, history, ids);
            // Now no read is left that would stand against it.
            writer.Compress();
            var redactions = commits.Select(item => item.Commit.Redaction).OfType<Redaction>().ToList();
            using var held = redactions.Count > 0 ? tagTotals.Hold() : null;
            writer.Write(batches, [.. commits.Select(item => item.Commit)], cancellation);
            foreach (var batch in batches)
            {
                ids.Set(batch.Dataset, batch.LastRow, batch.FirstSequence);
            }

            // Before the new head is: what is kept for it must not be what was there before.
            rows.Forget(redactions.Select(redaction => Catalog.Get(redaction.Dataset)));
            history = next;
            writer.Compress();
        }
    }

    /// <summary>Takes over moves of tags, all or none; those that are known already are passed over.</summary>
    /// <exception cref="InvalidDataException">A move is missing between what is known and these.</exception>
    public void MoveTags(IEnumerable<TagMove> moves)
    {
        lock (applying)
        {
            var next = history.Tags.With(moves);
            if (next.Version > history.Tags.Version)
            {
                writer.Write(next.Moves.Skip(history.Tags.Version));
                history = history.With(next);
            }
        }
    }

    /// <summary>
    /// Computes what the sets need at a point and is computed only when it is first read: for the view of totals by tag, those of
    /// each release that has a tag there. Come here before a query that reads that view.
    /// </summary>
    /// <returns>Null when all is there; else why not, as <see cref="Execute"/>.</returns>
    public async Task<ApiError?> Prepare(IEnumerable<Dataset> sets, AsOf at, CancellationToken cancellation) => sets.Contains(TagTotals.View)
        ? await tagTotals.Ensure(history.Tags.At(at.Tags).Releases.Where(release => release <= at.Release), cancellation)
        : null;

    /// <summary>Runs a query to its end and gives all its rows; the caller disposes them.</summary>
    /// <returns>The rows, or <see cref="ErrorCode.Busy"/>, <see cref="ErrorCode.TimedOut"/> or <see cref="ErrorCode.BadQuery"/> (a value out of range).</returns>
    public Task<Result<QueryRows>> Execute(SqlQuery query, CancellationToken cancellation) =>
        tables.Reading(query.Text, text => reads.Execute(query with { Text = text }, cancellation), cancellation);

    /// <summary>
    /// A few rows of a dataset without a query, where they are at hand: as <see cref="Execute"/> would give them, the sequence number first. The
    /// caller disposes them.
    /// </summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="columns">Columns of its own.</param>
    /// <param name="sequences">Sequence numbers of revisions that no later one replaced by the release.</param>
    /// <param name="release">The release.</param>
    /// <returns>The rows in the order of the sequence numbers; null where the engine has to be asked, also since one is not live at the release.</returns>
    internal QueryRows? RowsAtHand(Dataset dataset, IReadOnlyList<Column> columns, ReadOnlySpan<long> sequences, int release) =>
        rows.Find(dataset, columns, sequences, release);

    /// <summary>True where the revisions up to a release are at hand; where not, they are taken over.</summary>
    internal bool HasRowsAtHand(Dataset dataset, int release) => rows.Has(dataset, history.LastSequence(dataset, release));

    /// <summary>Ends when all rows are at hand that have been asked for.</summary>
    internal Task RowsTakenOver => rows.TakenOver;

    /// <summary>
    /// Lends a connection of its own for a chain of queries, temporary tables included, such as the checks of a submission.
    /// At most two sessions run at a time, beside the reads. They must not write to the datasets' tables.
    /// </summary>
    /// <returns>What the work gives, or <see cref="ErrorCode.Busy"/> or <see cref="ErrorCode.TimedOut"/>.</returns>
    public Task<Result<T>> Session<T>(Func<DuckDBConnection, T> work, CancellationToken cancellation) =>
        reads.Session(work, cancellation);

    /// <summary>The same for work with a query that may read views: the work is given the text to run.</summary>
    public Task<Result<T>> Session<T>(string query, Func<DuckDBConnection, string, T> work, CancellationToken cancellation) =>
        tables.Reading(query, text => reads.Session(connection => work(connection, text), cancellation), cancellation);

    /// <summary>Bytes of memory that the engine has taken, by its own account.</summary>
    public long MemoryBytes()
    {
        using var connection = database.Open();
        return EngineDatabase.Number(connection, "SELECT sum(memory_usage_bytes)::BIGINT FROM duckdb_memory()");
    }

    /// <summary>How much its tables hold, and how much they may.</summary>
    public EngineRoom Room => new(writer.Held, memoryLimit);

    private IEnumerable<string> ReadIds(Dataset dataset)
    {
        using var connection = database.Open();
        foreach (var id in CheckpointTables.Ids(connection, dataset))
        {
            yield return id;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await tables.DisposeAsync();
        await rows.DisposeAsync();
        await ids.Complete.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        writer.Dispose();
        database.Dispose();
    }
}
