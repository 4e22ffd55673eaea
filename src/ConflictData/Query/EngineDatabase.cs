using DuckDB.NET.Data;

namespace ConflictData.Query;

/// <summary>
/// One in-memory DuckDB with its limits, and the connections to it. It can reach nothing outside but its own folder,
/// and its configuration is locked, so no SQL can widen that.
/// </summary>
internal sealed class EngineDatabase : IDisposable
{
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

    /// <summary>A connection of one's own; whoever opens it disposes it.</summary>
    public DuckDBConnection Open()
    {
        lock (gate)
        {
            var connection = root.Duplicate();
            connection.Open();
            return connection;
        }
    }

    /// <summary>A connection to give back with <see cref="Return"/>, unless it was interrupted: then it is disposed.</summary>
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

    public static void Run(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
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
        yield return $"SET memory_limit = {Literal(settings.EngineMemory)}";
        yield return $"SET threads = {Environment.ProcessorCount}";
        yield return "SET preserve_insertion_order = true";
        yield return "SET autoinstall_known_extensions = false";
        yield return "SET autoload_known_extensions = false";
        yield return $"SET temp_directory = {Literal(Folder)}";
        yield return "SET max_temp_directory_size = '4GB'";
        yield return $"SET allowed_directories = [{Literal(Folder)}]";
        yield return "SET enable_external_access = false";
        yield return "SET lock_configuration = true";
    }

    private static string Literal(string text) => $"'{text.Replace("'", "''")}'";
}
