using System.Globalization;
using ConflictData.Datasets;
using DuckDB.NET.Data;

namespace ConflictData.Query;

/// <summary>A dataset's table as a Parquet file, with every revision up to a release, and back. The files lie in the engine's own folder.</summary>
internal static class CheckpointTables
{
    /// <summary>Writes the revisions up to a release, as they stood at it: what a later one replaced is still open. Rows keep their order.</summary>
    public static void Write(DuckDBConnection connection, Dataset dataset, int release, string path)
    {
        var at = release.ToString(CultureInfo.InvariantCulture);
        EngineDatabase.Run(connection, $"""
            COPY (
                SELECT {Columns(dataset)}, _seq, _from, CASE WHEN _to > {at} THEN {EngineSchema.Open} ELSE _to END AS _to
                FROM {EngineSchema.Quote(dataset.Name)} WHERE _from <= {at}
            ) TO {Literal(path)} (FORMAT parquet, COMPRESSION zstd)
            """);
    }

    /// <summary>Fills the table of an empty engine.</summary>
    /// <param name="connection">A connection in the transaction that all tables are filled in.</param>
    /// <param name="dataset">Whose table.</param>
    /// <param name="path">The file.</param>
    /// <param name="history">The releases whose revisions it has.</param>
    /// <exception cref="InvalidDataException">Its sequence numbers or releases are not those of the commits.</exception>
    public static void Fill(DuckDBConnection connection, Dataset dataset, string path, ReleaseHistory history)
    {
        var columns = $"{Columns(dataset)}, _seq, _from, _to";
        var table = EngineSchema.Quote(dataset.Name);
        EngineDatabase.Run(connection, $"INSERT INTO {table} ({columns}) SELECT {columns} FROM {Rows(path)}");
        var head = history.Commits.Count.ToString(CultureInfo.InvariantCulture);
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            SELECT count(*), coalesce(min(_seq), 1), coalesce(max(_seq), 0),
                count(*) FILTER (WHERE _from < 1 OR _from > {head} OR _to < _from OR (_to > {head} AND _to < {EngineSchema.Open})) FROM {table}
            """;
        using var found = command.ExecuteReader();
        found.Read();
        var last = history.LastSequence(dataset);
        if ((found.GetInt64(0), found.GetInt64(1), found.GetInt64(2), found.GetInt64(3)) != (last, 1, last, 0))
        {
            throw new InvalidDataException(
                $"The checkpoint has {found.GetInt64(0)} revisions of {dataset}, numbered {found.GetInt64(1)} to {found.GetInt64(2)}, {found.GetInt64(3)} of them of no release; the commits say {last}.");
        }
    }

    /// <summary>All rows of a file, in order: the dataset's columns, _seq, _from, _to.</summary>
    public static string All(Dataset dataset, string path) => $"SELECT {Columns(dataset)}, _seq, _from, _to FROM {Rows(path)}";

    /// <summary>
    /// How many rows of a file do not end with the next revision of their record, or stand open though there is one. A tombstone ends
    /// where it began.
    /// </summary>
    public static string WrongEnds(string path) => $"""
        SELECT count(*) FROM (
            SELECT _from, _to, lead(_from, 1, {EngineSchema.Open}) OVER (PARTITION BY lower("Id") ORDER BY _seq) AS replaced FROM {Rows(path)}
        ) WHERE _to <> _from AND _to <> replaced
        """;

    private static string Columns(Dataset dataset) => string.Join(", ", dataset.Columns.Select(column => EngineSchema.Quote(column.Name)));

    private static string Rows(string path) => $"read_parquet({Literal(path)})";

    private static string Literal(string path) => $"'{path.Replace("'", "''", StringComparison.Ordinal)}'";
}
