using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.Releases;
using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace ConflictData.Query;

/// <summary>
/// Every revision of every dataset in memory, and queries over them at any release. Tables lie as <see cref="EngineSchema"/>
/// says. Reads run beside each other and beside <see cref="Apply"/>; none sees half a commit.
/// </summary>
public sealed class Engine : IAsyncDisposable
{
    /// <summary>Checks of a submission may take this many times as long as a query.</summary>
    private const int SessionPatience = 4;

    private static readonly ApiError TimedOut = new(ErrorCode.TimedOut, "The query was stopped because it took too long; ask for less.");

    private readonly Settings settings;
    private readonly TimeProvider clock;
    private readonly EngineDatabase database;
    private readonly EngineWriter writer;
    private readonly EngineGate gate;
    private readonly SemaphoreSlim sessions = new(1);
    private readonly Lock applying = new();
    private readonly IdMap ids = new();
    private volatile ReleaseHistory history = ReleaseHistory.Empty;

    public Engine(Settings settings, TimeProvider clock)
    {
        (this.settings, this.clock) = (settings, clock);
        database = new(settings);
        writer = new(database);
        gate = new(clock);
    }

    /// <summary>The releases that queries may name. Take it once for a request, and use nothing newer than its head.</summary>
    public ReleaseHistory History => history;

    /// <summary>Sequence number of the dataset's last revision; 0 while it has none.</summary>
    public long LastSequence(Dataset dataset) => history.LastSequence(dataset);

    /// <summary>
    /// Sequence number of the last revision of a record, letter case of its id ignored; null for an id that was never used.
    /// The revision may be a tombstone, or newer than the release that a caller reads.
    /// </summary>
    public long? SequenceOf(Dataset dataset, string id) => ids.Find(dataset, id);

    /// <summary>
    /// Adds the commits that follow the head, all or none, and then makes them the head. One call with a thousand commits
    /// is far cheaper than a thousand calls.
    /// </summary>
    /// <exception cref="InvalidDataException">They do not follow the head, or their revisions are not those that they declare.</exception>
    public void Apply(IReadOnlyList<CommittedRevisions> commits, CancellationToken cancellation)
    {
        lock (applying)
        {
            var next = history.With(commits.Select(item => item.Commit));
            var batches = Batches.Of(commits, history, ids);
            writer.Write(batches, cancellation);
            foreach (var batch in batches)
            {
                ids.Set(batch.Dataset, batch.LastRow, batch.FirstSequence);
            }

            history = next;
        }
    }

    /// <summary>Runs a query to its end and gives all its rows; the caller disposes them.</summary>
    /// <returns>The rows, or <see cref="ErrorCode.Busy"/>, <see cref="ErrorCode.TimedOut"/> or <see cref="ErrorCode.BadQuery"/> (a value out of range).</returns>
    public async Task<Result<QueryRows>> Execute(SqlQuery query, CancellationToken cancellation)
    {
        var entered = await gate.Enter(query.Class, cancellation);
        if (!entered.Succeeded(out var turn, out var busy))
        {
            return busy;
        }

        using (turn)
        {
            return await Task.Run(() => Limited(query, cancellation), CancellationToken.None);
        }
    }

    /// <summary>
    /// Lends a connection of its own for a chain of queries, temporary tables included, such as the checks of a submission.
    /// One session runs at a time, beside the reads. It must not write to the datasets' tables.
    /// </summary>
    /// <returns>What the work gives, or <see cref="ErrorCode.Busy"/> or <see cref="ErrorCode.TimedOut"/>.</returns>
    public async Task<Result<T>> Session<T>(Func<DuckDBConnection, T> work, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(settings.QuerySeconds * SessionPatience), clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            await sessions.WaitAsync(stop.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return EngineGate.Busy;
        }

        try
        {
            return await Task.Factory.StartNew(() => InSession(work, stop.Token, cancellation), TaskCreationOptions.LongRunning);
        }
        finally
        {
            sessions.Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        writer.Dispose();
        database.Dispose();
        gate.Dispose();
        sessions.Dispose();
        return ValueTask.CompletedTask;
    }

    private Result<T> InSession<T>(Func<DuckDBConnection, T> work, CancellationToken stop, CancellationToken cancellation)
    {
        using var connection = database.Open();
        using var interrupter = new Interrupter(connection, stop);
        try
        {
            return work(connection);
        }
        catch (DuckDBException) when (interrupter.Fired)
        {
            cancellation.ThrowIfCancellationRequested();
            return TimedOut;
        }
    }

    private Result<QueryRows> Limited(SqlQuery query, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(settings.QuerySeconds), clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return Run(query, stop.Token);
        }
        catch (EngineException error) when (error.Type == DuckDBErrorType.OutOfMemory)
        {
            return query.Class == QueryClass.Page ? Run(query, stop.Token) : EngineGate.Busy;
        }
        catch (EngineException) when (stop.IsCancellationRequested)
        {
            cancellation.ThrowIfCancellationRequested();
            return TimedOut;
        }
    }

    private QueryRows Run(SqlQuery query, CancellationToken stop)
    {
        var connection = database.Rent();
        var interrupter = new Interrupter(connection, stop);
        try
        {
            return Statement.Run(connection, query);
        }
        finally
        {
            interrupter.Dispose();
            if (interrupter.Fired)
            {
                connection.Dispose();
            }
            else
            {
                database.Return(connection);
            }
        }
    }
}
