using System.Globalization;
using System.Text;
using ConflictData.Datasets;
using DuckDB.NET.Data;

namespace ConflictData.Query;

/// <summary>A dataset's table as a Parquet file, with every revision up to a release, and back. The files lie in the engine's own folder.</summary>
internal static class CheckpointTables
{
    /// <summary>Two of the groups of rows in which the engine writes and reads the files, and stores its tables.</summary>
    private const long PieceRows = 2 * 122_880;

    /// <summary>Writes the revisions up to a release, as they stood at it: what a later one replaced is still open. Rows keep their order.</summary>
    public static void Write(DuckDBConnection connection, Dataset dataset, int release, string path)
    {
        var at = release.ToString(CultureInfo.InvariantCulture);
        var query = $"""
            SELECT {Columns(dataset)}, _seq, _from, CASE WHEN _to > {at} THEN {EngineSchema.Open} ELSE _to END AS _to
            FROM {EngineSchema.Quote(dataset.Name)} WHERE _from <= {at}
            """;
        ParquetFile.Write(connection, query, dataset.Texts, path);
    }

    /// <summary>
    /// Fills an empty table, piece by piece, each compressed before the next comes: all at once would take twice the memory. The index
    /// is made when all rows are there, which takes half the time.
    /// </summary>
    /// <exception cref="InvalidDataException">The file's sequence numbers or releases are not those of the commits.</exception>
    public static void Fill(DuckDBConnection connection, Dataset dataset, string path, ReleaseHistory history)
    {
        EngineDatabase.Run(connection, EngineSchema.DropIndex(dataset));
        var columns = $"{Columns(dataset)}, _seq, _from, _to";
        var last = history.LastSequence(dataset);
        for (var first = 0L; first < last; first += PieceRows)
        {
            EngineDatabase.Run(connection, string.Create(CultureInfo.InvariantCulture, $"""
                INSERT INTO {EngineSchema.Quote(dataset.Name)} ({columns})
                SELECT {columns} FROM {Rows(path)} WHERE _seq > {first} AND _seq <= {first + PieceRows}
                """));
            if (last > PieceRows)
            {
                EngineDatabase.TryCompress(connection);
            }
        }

        EngineDatabase.Run(connection, EngineSchema.CreateIndex(dataset));
        Check(connection, dataset, path, history);
    }

    private static void Check(DuckDBConnection connection, Dataset dataset, string path, ReleaseHistory history)
    {
        var head = history.Commits.Count.ToString(CultureInfo.InvariantCulture);
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            SELECT count(*), coalesce(min(_seq), 1), coalesce(max(_seq), 0),
                count(*) FILTER (WHERE _from < 1 OR _from > {head} OR _to < _from OR (_to > {head} AND _to < {EngineSchema.Open})),
                (SELECT count(*) FROM {Rows(path)})
            FROM {EngineSchema.Quote(dataset.Name)}
            """;
        using var found = command.ExecuteReader();
        found.Read();
        var (rows, first, last, strange, inFile) = (found.GetInt64(0), found.GetInt64(1), found.GetInt64(2), found.GetInt64(3), found.GetInt64(4));
        var expected = history.LastSequence(dataset);
        if ((rows, first, last, strange, inFile) != (expected, 1, expected, 0, expected))
        {
            throw new InvalidDataException(
                $"The checkpoint has {inFile} revisions of {dataset}, of which {rows} are numbered {first} to {last}, {strange} of them of no release; the commits say {expected}.");
        }
    }

    /// <summary>The ids of a table's revisions, in the order of their sequence numbers.</summary>
    public static IEnumerable<string> Ids(DuckDBConnection connection, Dataset dataset) => Statement
        .Stream(connection, $"SELECT \"Id\" FROM {EngineSchema.Quote(dataset.Name)}")
        .SelectMany(chunk => Enumerable.Range(0, chunk.RowCount).Select(row => Encoding.UTF8.GetString(chunk.Vector(0).Utf8(row))));

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

    private static string Rows(string path) => $"read_parquet({EngineDatabase.Literal(path)})";
}
