using ConflictData.Datasets;

namespace ConflictData.Query;

/// <summary>
/// How a dataset lies in the engine: one table of its name with every revision. Beside the dataset's columns it has
/// <c>_seq</c> (sequence number), <c>_from</c> (release that brought the revision) and <c>_to</c> (release that replaced
/// it; <see cref="Open"/> while it stands). A revision is live at release R when <c>_from &lt;= R AND _to &gt; R</c>;
/// the tombstone of a retraction has <c>_to = _from</c> and so is never live. Release, ModifiedAt and ChangeReason are ordinary columns.
/// </summary>
public static class EngineSchema
{
    /// <summary>The value of <c>_to</c> of a revision that stands.</summary>
    public const int Open = int.MaxValue;

    /// <summary>For what never repeats, ids and sequence numbers: compressing it would save little, and it is read most.</summary>
    private const string Plain = " USING COMPRESSION uncompressed";

    /// <summary>The statements that make all tables, empty, whether or not they are there.</summary>
    public static IEnumerable<string> CreateTables() =>
        [.. Catalog.All.SelectMany(dataset => new[] { CreateTable(dataset), CreateIndex(dataset) }), ViewSql.CreateCommits];

    private static string CreateTable(Dataset dataset)
    {
        var columns = dataset.Columns.Select((column, index) => $"{Quote(column.Name)} {SqlType(column.Type)}{(index == 0 ? Plain : "")}");
        return $"CREATE OR REPLACE TABLE {Quote(dataset.Name)} ({string.Join(", ", columns)}, _seq BIGINT NOT NULL{Plain}, _from INTEGER NOT NULL, _to INTEGER NOT NULL)";
    }

    /// <summary>Leads to single rows; the engine takes it where a condition on <c>_seq</c> stands alone.</summary>
    public static string CreateIndex(Dataset dataset) => $"CREATE INDEX {Index(dataset)} ON {Quote(dataset.Name)} (_seq)";

    public static string DropIndex(Dataset dataset) => $"DROP INDEX {Index(dataset)}";

    public static string SqlType(ColumnType type) => type switch
    {
        ColumnType.String => "VARCHAR",
        ColumnType.Integer => "BIGINT",
        ColumnType.Number => "DOUBLE",
        ColumnType.Boolean => "BOOLEAN",
        ColumnType.Date => "DATE",
        ColumnType.Instant => "TIMESTAMP",
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    /// <summary>Condition for the revisions that are live at the release that an SQL expression, such as $1, gives.</summary>
    public static string LiveAt(string release) => $"_from <= {release} AND _to > {release}";

    /// <summary>
    /// What stands behind FROM for a dataset or a view. A view that extends a dataset costs less where few of its columns are read.
    /// </summary>
    /// <param name="set">The dataset or view.</param>
    /// <param name="release">The number of the release, or what will be one.</param>
    /// <param name="tags">The version of the tags, likewise.</param>
    /// <param name="rows">The common table expression that has the rows which the view extends; null = all.</param>
    /// <param name="read">The columns that the statement reads, or more; null = all.</param>
    public static string From(Dataset set, string release, string tags, string? rows = null, IReadOnlySet<string>? read = null) =>
        !set.IsView ? Quote(set.Name)
        : set.Extends is { } extended ? WideSql.Of(set, release, rows ?? Quote(extended), read)
        : set.ReadsTags ? $"{Quote(set.Name)}({release}, {tags})"
        : ViewTableKind.Of(set).TableAt(set.Name, release);

    /// <summary>True for what lies in a table in the order of its sequence numbers, so that a scan gives that order.</summary>
    public static bool IsStored(Dataset set) => set is { Extends: null, ReadsTags: false };

    private static string Index(Dataset dataset) => Quote(dataset.Name + "_seq");

    /// <summary>A name from our own schemas as an SQL identifier. Never for text that a caller sent.</summary>
    public static string Quote(string name) => $"\"{name}\"";
}
