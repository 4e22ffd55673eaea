using System.Globalization;
using DuckDB.NET.Data;

namespace ConflictData.Query;

/// <summary>Rows of a query as a Parquet file, written by the engine in the order of the query.</summary>
internal static class ParquetFile
{
    /// <summary>Rows of a group, where nothing speaks for fewer: what the engine stores its own tables in.</summary>
    private const int GroupRows = 122_880;

    /// <summary>What the engine hands from one step of a query to the next; a group is some of these.</summary>
    private const int VectorRows = 2_048;

    /// <summary>
    /// Text of a group. The engine holds every group that it writes several times over, outside of what it can put on disk meanwhile:
    /// long notes in groups of the ordinary size took four times what they take in its tables.
    /// </summary>
    private const long GroupText = 64_000_000;

    /// <param name="connection">A connection to the engine.</param>
    /// <param name="query">A query without parameters.</param>
    /// <param name="texts">Those of its columns that are texts.</param>
    /// <param name="path">Where to, in a folder of the engine's own.</param>
    public static void Write(DuckDBConnection connection, string query, IEnumerable<string> texts, string path)
    {
        var rows = RowsOfGroup(connection, query, texts).ToString(CultureInfo.InvariantCulture);
        EngineDatabase.Run(connection, $"COPY ({query}) TO {EngineDatabase.Literal(path)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {rows})");
    }

    /// <summary>
    /// By the width of the rows in which the text is: the mean over its letters, not over the rows, since a few long notes may lie
    /// together among many short rows. Whole numbers only, so that the same rows give the same file.
    /// </summary>
    private static long RowsOfGroup(DuckDBConnection connection, string query, IEnumerable<string> texts)
    {
        var width = string.Join(" + ", texts.Select(name => $"coalesce(strlen({EngineSchema.Quote(name)}), 0)").Prepend("0::BIGINT"));
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT coalesce(sum(width * width) // nullif(sum(width), 0), 0)::BIGINT FROM (SELECT {width} AS width FROM ({query}))";
        var mean = (long)command.ExecuteScalar()!;
        return mean == 0 ? GroupRows : Math.Clamp(GroupText / mean / VectorRows * VectorRows, VectorRows, GroupRows);
    }
}
