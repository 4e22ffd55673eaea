using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace ConflictData.Query;

/// <summary>
/// One in-memory DuckDB with its limits, and the connections to it. It can reach nothing outside but its own folder,
/// and its configuration is locked, so no SQL can widen that.
/// </summary>
internal sealed class EngineDatabase : IDisposable
{
    /// <summary>The database in which the tables lie. The one that DuckDB opens by itself is not to be had compressed.</summary>
    private const string Tables = "tables";

    private readonly Lock gate = new();
    private readonly EngineFolder folder = new();
    private readonly DuckDBConnection root = new("DataSource=:memory:");
    private readonly Stack<DuckDBConnection> idle = new();

    public EngineDatabase(Settings settings)
    {
        root.Open();
        foreach (var statement in Configuration(settings))
        {
            Run(root, statement);
        }
    }

    /// <summary>The one folder that the engine may read and write; it ends with the engine.</summary>
    public string Folder => folder.Path;

    public WorkFolder NewWorkFolder() => new(Folder);

    /// <summary>A connection of one's own; whoever opens it disposes it.</summary>
    public DuckDBConnection Open()
    {
        lock (gate)
        {
            var connection = root.Duplicate();
            connection.Open();
            Run(connection, $"USE {Tables}");
            return connection;
        }
    }

    /// <summary>A connection to give back with <see cref="Return"/>, unless the work on it failed or was interrupted: then it is disposed.</summary>
    public DuckDBConnection Rent()
    {
        lock (gate)
        {
            if (idle.TryPop(out var connection))
            {
                return connection;
            }
        }

        return Open();
    }

    public void Return(DuckDBConnection connection)
    {
        lock (gate)
        {
            idle.Push(connection);
        }
    }

    /// <summary>
    /// Stores compressed what was written since the last time: a text that repeats is kept once, takes a few bits a row, and
    /// is looked at once where a condition goes through all rows. Rows keep their places. Reads go on meanwhile.
    /// </summary>
    /// <returns>False while a read is under way that began before the last transaction ended.</returns>
    public static bool TryCompress(DuckDBConnection connection)
    {
        try
        {
            Run(connection, $"CHECKPOINT {Tables}");
            return true;
        }
        catch (DuckDBException error) when (error.ErrorType == DuckDBErrorType.Transaction)
        {
            return false;
        }
    }

    public static void Run(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>The one number that a query gives.</summary>
    public static long Number(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    public void Dispose()
    {
        foreach (var connection in idle)
        {
            connection.Dispose();
        }

        root.Dispose();
        folder.Dispose();
    }

    private IEnumerable<string> Configuration(Settings settings)
    {
        yield return $"SET memory_limit = {Literal(settings.EngineMemoryLimit)}";
        yield return $"SET threads = {(settings.EngineThreads > 0 ? settings.EngineThreads : Environment.ProcessorCount)}";
        yield return "SET preserve_insertion_order = true";
        // What needs it is read in two steps of ours, at any size; for a page of up to 50 rows it only costs.
        yield return "SET GLOBAL late_materialization_max_rows = 0";
        yield return "SET autoinstall_known_extensions = false";
        yield return "SET autoload_known_extensions = false";
        yield return $"ATTACH ':memory:' AS {Tables} (COMPRESS)";
        yield return $"SET temp_directory = {Literal(Folder)}";
        yield return "SET max_temp_directory_size = '4GB'";
        yield return $"SET allowed_directories = [{Literal(Folder)}]";
        yield return "SET enable_external_access = false";
        yield return "SET lock_configuration = true";
    }

    /// <summary>A text of our own, such as a path, as SQL has it. What a caller sent is a parameter.</summary>
    internal static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
