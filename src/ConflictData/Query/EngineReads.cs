using ConflictData.Api;
using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace ConflictData.Query;

/// <summary>Runs queries and sessions within their limits, and turns what can be expected to go wrong into errors.</summary>
internal sealed class EngineReads(EngineDatabase database, Settings settings, TimeProvider clock)
{
    /// <summary>Checks of a submission may take this many times as long as a query.</summary>
    private const int SessionPatience = 4;

    private readonly ApiError timedOut = new(
        ErrorCode.TimedOut, $"The query was stopped after {settings.QuerySeconds} seconds. Ask for less: filter, select, or read a snapshot.")
    {
        RetryAfter = 30,
    };

    private readonly ApiError outOfMemory = new(
        ErrorCode.Busy, $"The query needs more than is left of the {settings.EngineMemoryLimit} that the engine may take. Ask for less, or try again when other queries are done.")
    {
        RetryAfter = 30,
    };

    private readonly ApiError tooGreedy = new(
        ErrorCode.BadQuery, $"The query needs more memory than the {settings.EngineMemoryLimit} that the engine may take in all; to try it again is of no use. Ask for less: fewer ways and columns ($expand, $select), fewer rows ($filter), or a snapshot.");

    private readonly ApiError sessionTimedOut = new(
        ErrorCode.TimedOut, $"The work was stopped after {settings.QuerySeconds * SessionPatience} seconds. Send it in parts, or try again.")
    {
        RetryAfter = 30,
    };

    private readonly ApiError sessionBusy = new(ErrorCode.Busy, "Other submissions keep the engine busy. Try again.") { RetryAfter = 30 };

    private readonly MemoryShortage shortage = new(clock);

    private readonly EngineGate gate = new(settings, clock);

    /// <summary>Two, so that a submission is checked while a release is published.</summary>
    private readonly SemaphoreSlim sessions = new(2);

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

    public async Task<Result<T>> Session<T>(Func<DuckDBConnection, T> work, CancellationToken cancellation)
    {
        using var limit = Limit(SessionPatience);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            await sessions.WaitAsync(stop.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return sessionBusy;
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

    private CancellationTokenSource Limit(int times) => new(TimeSpan.FromSeconds(settings.QuerySeconds * times), clock);

    private Result<T> InSession<T>(Func<DuckDBConnection, T> work, CancellationToken stop, CancellationToken cancellation)
    {
        using var connection = database.Open();
        using var interrupter = new Interrupter(connection, stop);
        using var beside = shortage.Begin();
        try
        {
            return Statement.InTransaction(connection, () => work(connection));
        }
        catch (Exception error) when (interrupter.Fired && error is DuckDBException or EngineException or OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            return sessionTimedOut;
        }
    }

    private Result<QueryRows> Limited(SqlQuery query, CancellationToken cancellation)
    {
        using var limit = Limit(1);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        using var work = shortage.Begin();
        for (var retries = query.Class == QueryClass.Page ? 1 : 0; ; retries--)
        {
            try
            {
                return Run(query, stop.Token);
            }
            catch (EngineException error) when (error.Type == DuckDBErrorType.OutOfMemory && retries > 0)
            {
                // What took the memory may be over by now, and a page needs little.
            }
            catch (EngineException error) when (Refusal(query, work, error, stop.Token) is { } refusal)
            {
                cancellation.ThrowIfCancellationRequested();
                return refusal;
            }
        }
    }

    private ApiError? Refusal(SqlQuery query, MemoryShortage.Work work, EngineException error, CancellationToken stop) =>
        stop.IsCancellationRequested ? timedOut
        : error.Type == DuckDBErrorType.OutOfMemory ? (shortage.IsForGood(query, work) ? tooGreedy : outOfMemory)
        : error.Type == DuckDBErrorType.OutOfRange && error.Message.Contains("INT64", StringComparison.Ordinal) ? new ApiError(ErrorCode.BadQuery, $"A whole number that the query reckons does not fit into 64 bits. Leave such rows out before, or reckon with fractions, as in Low mul 1e0. ({error.Message})")
        : error.IsCallers ? new ApiError(ErrorCode.BadQuery, $"The query cannot be computed: {error.Message}")
        : null;

    private QueryRows Run(SqlQuery query, CancellationToken stop)
    {
        var connection = database.Rent();
        var interrupter = new Interrupter(connection, stop);
        var done = false;
        try
        {
            var rows = Statement.InTransaction(connection, () => Statement.Run(connection, query));
            done = true;
            return rows;
        }
        finally
        {
            interrupter.Dispose();
            if (done && !interrupter.Fired)
            {
                database.Return(connection);
            }
            else
            {
                connection.Dispose();
            }
        }
    }
}
