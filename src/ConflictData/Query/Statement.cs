using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace ConflictData.Query;

/// <summary>A query that the engine refused or gave up.</summary>
internal sealed class EngineException(DuckDBErrorType type, string message) : Exception(message)
{
    public DuckDBErrorType Type { get; } = type;

    /// <summary>True for what the values of a sound query can bring about: a sum too large, a text that is no date, a broken pattern.</summary>
    public bool IsCallers => Type is DuckDBErrorType.OutOfRange or DuckDBErrorType.Conversion or DuckDBErrorType.InvalidInput
        or DuckDBErrorType.Decimal or DuckDBErrorType.DivideByZero or DuckDBErrorType.MismatchType;
}

/// <summary>Runs a <see cref="SqlQuery"/> on a connection and hands over its vectors, which a DbCommand keeps to itself.</summary>
internal static class Statement
{
    /// <summary>
    /// Does work on one state of the tables. A statement alone is planned in one transaction and run in the next, and a commit
    /// may come between: a condition that was left out of the plan since all rows met it then lets in rows that do not.
    /// Where the work fails, the connection must not be used again.
    /// </summary>
    public static T InTransaction<T>(DuckDBConnection connection, Func<T> work)
    {
        Control(connection, "BEGIN TRANSACTION");
        var result = work();
        try
        {
            Control(connection, "COMMIT");
            return result;
        }
        catch
        {
            (result as IDisposable)?.Dispose();
            throw;
        }
    }

    public static QueryRows Run(DuckDBConnection connection, SqlQuery query)
    {
        using var statement = Prepare(connection, query);
        for (var index = 0; index < query.Parameters.Count; index++)
        {
            Bind(statement, index + 1, query.Parameters[index]);
        }

        var state = Execute(statement, query.Class, out var result);
        if (state != DuckDBState.Success)
        {
            throw Failure(ref result);
        }

        var rows = new QueryRows(result);
        if (rows.Error is null)
        {
            return rows;
        }

        using (rows)
        {
            throw rows.Error;
        }
    }

    /// <summary>Runs a query without parameters and gives its chunks as the engine makes them; each is gone when the next is asked for.</summary>
    public static IEnumerable<QueryChunk> Stream(DuckDBConnection connection, string text)
    {
        using var statement = Prepare(connection, new(text, [], QueryClass.Page));
        if (NativeMethods.PreparedStatements.DuckDBExecutePreparedStreaming(statement, out var result) != DuckDBState.Success)
        {
            throw Failure(ref result);
        }

        try
        {
            var columns = QueryRows.ReadColumns(ref result);
            for (var row = 0; NativeMethods.Query.DuckDBFetchChunk(result) is { IsInvalid: false } handle;)
            {
                using var chunk = new QueryChunk(handle, columns, row);
                yield return chunk;
                row += chunk.RowCount;
            }

            if (ErrorOf(ref result) is { } error)
            {
                throw error;
            }
        }
        finally
        {
            result.Close();
        }
    }

    private static void Control(DuckDBConnection connection, string command)
    {
        if (NativeMethods.Query.DuckDBQuery(connection.NativeConnection, command, out var result) != DuckDBState.Success)
        {
            throw Failure(ref result);
        }

        result.Close();
    }

    /// <summary>The error of a result, which is closed.</summary>
    private static EngineException Failure(ref DuckDBResult result)
    {
        var error = ErrorOf(ref result) ?? new(DuckDBErrorType.Invalid, "The engine failed without a reason.");
        result.Close();
        return error;
    }

    public static EngineException? ErrorOf(ref DuckDBResult result) => NativeMethods.Query.DuckDBResultError(ref result) is { Length: > 0 } message
        ? new(NativeMethods.Query.DuckDBResultErrorType(ref result), message)
        : null;

    /// <summary>
    /// A page's chunks are taken as they come, which saves a copy of every value; its size is bounded anyway. What may be
    /// large is first gathered by the engine, which keeps to its memory limit.
    /// </summary>
    private static DuckDBState Execute(DuckDBPreparedStatement statement, QueryClass @class, out DuckDBResult result) => @class == QueryClass.Page
        ? NativeMethods.PreparedStatements.DuckDBExecutePreparedStreaming(statement, out result)
        : NativeMethods.PreparedStatements.DuckDBExecutePrepared(statement, out result);

    private static DuckDBPreparedStatement Prepare(DuckDBConnection connection, SqlQuery query)
    {
        var state = NativeMethods.PreparedStatements.DuckDBPrepare(connection.NativeConnection, query.Text, out var statement);
        if (state == DuckDBState.Success)
        {
            return statement;
        }

        using (statement)
        {
            throw new EngineException(DuckDBErrorType.Invalid, $"{NativeMethods.PreparedStatements.DuckDBPrepareError(statement)} in: {query.Text}");
        }
    }

    private static void Bind(DuckDBPreparedStatement statement, long index, object? value)
    {
        var state = value switch
        {
            null => NativeMethods.PreparedStatements.DuckDBBindNull(statement, index),
            string text => NativeMethods.PreparedStatements.DuckDBBindVarchar(statement, index, text),
            long number => NativeMethods.PreparedStatements.DuckDBBindInt64(statement, index, number),
            int number => NativeMethods.PreparedStatements.DuckDBBindInt32(statement, index, number),
            double number => NativeMethods.PreparedStatements.DuckDBBindDouble(statement, index, number),
            bool truth => NativeMethods.PreparedStatements.DuckDBBindBoolean(statement, index, truth),
            DateOnly day => NativeMethods.PreparedStatements.DuckDBBindDate(statement, index, DuckDBDateOnly.FromDateOnly(day).ToDuckDBDate()),
            DateTimeOffset instant => NativeMethods.PreparedStatements.DuckDBBindTimestamp(statement, index, Micros(instant)),
            _ => throw new ArgumentException($"A parameter cannot be a {value.GetType().Name}.", nameof(value)),
        };
        if (state != DuckDBState.Success)
        {
            throw new InvalidOperationException($"The query has no parameter ${index}.");
        }
    }

    private static DuckDBTimestampStruct Micros(DateTimeOffset instant) =>
        new() { Micros = (instant.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond };
}
