using ConflictData.Query;

namespace ConflictData.Snapshots;

/// <summary>Lines of actions as the table that a checkpoint of Delta Lake is: a column for each kind of action, empty where a row is of another.</summary>
internal static class DeltaCheckpoint
{
    private const string Texts = "MAP(VARCHAR, VARCHAR)";

    private static readonly (string Action, string Type)[] Columns =
    [
        ("txn", "STRUCT(appId VARCHAR, version BIGINT, lastUpdated BIGINT)"),
        ("add", $"STRUCT(path VARCHAR, partitionValues {Texts}, size BIGINT, modificationTime BIGINT, dataChange BOOLEAN, stats VARCHAR)"),
        ("remove", "STRUCT(path VARCHAR, deletionTimestamp BIGINT, dataChange BOOLEAN)"),
        ("metaData", $"STRUCT(id VARCHAR, name VARCHAR, description VARCHAR, format STRUCT(provider VARCHAR, options {Texts}), schemaString VARCHAR, "
            + $"partitionColumns VARCHAR[], configuration {Texts})"),
        ("protocol", "STRUCT(minReaderVersion INTEGER, minWriterVersion INTEGER)"),
    ];

    /// <summary>A query that reads the lines of a file in the engine's own folder.</summary>
    public static string Query(string path)
    {
        var columns = string.Join(", ", Columns.Select(column => $"\"{column.Action}\": '{column.Type}'"));
        return $"SELECT * FROM read_json({EngineDatabase.Literal(path)}, format = 'newline_delimited', columns = {{{columns}}})";
    }
}
