using DuckDB.NET.Data;

namespace ConflictData.Query;

/// <summary>Rows of a query as a Parquet file, written by the engine in the order of the query.</summary>
internal static class ParquetFile
{
    /// <param name="connection">A connection to the engine.</param>
    /// <param name="query">A query without parameters.</param>
    /// <param name="path">Where to, in a folder of the engine's own.</param>
    public static void Write(DuckDBConnection connection, string query, string path) =>
        EngineDatabase.Run(connection, $"COPY ({query}) TO {EngineDatabase.Literal(path)} (FORMAT parquet, COMPRESSION zstd)");
}
