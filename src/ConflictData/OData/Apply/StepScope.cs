using Microsoft.OData.UriParser;

namespace ConflictData.OData;

/// <summary>
/// A stage in the making: the rows of another, the records that its expressions lead to, and the columns that are added. The rows
/// go by the name r, as in every statement.
/// </summary>
internal sealed class StepScope(Pipeline pipeline, Flow rows)
{
    private readonly TableScope table = TableScope.Over(rows.Stage, rows.Shape.Dataset);
    private readonly List<string> added = [];

    /// <summary>The text that a search looks through: of records that of $search, of other rows every text that they have.</summary>
    public IEnumerable<string> Texts => rows.Shape.IsRecords
        ? SearchSql.TextsOf(table)
        : rows.Shape.Properties.Where(property => property.SqlTypes.SequenceEqual(["VARCHAR"])).Select(property => "r." + property.Sql);

    public ExpressionSql Expressions(IReadOnlyDictionary<string, SingleValueNode> aliases) => new(pipeline.Sql.Parameters, aliases, table);

    /// <summary>Adds a column; its name.</summary>
    public string Add(string sql)
    {
        var column = pipeline.Sql.NewColumn();
        added.Add($"{sql} AS {column}");
        return column;
    }

    /// <summary>The stage of the rows with the columns that were added; the same one where there are none.</summary>
    public string Widened() => added.Count == 0 ? rows.Stage : RowByRow("r.*, " + string.Join(", ", added));

    /// <summary>Makes the stage, once all expressions are written, as one that takes its rows one by one; its name.</summary>
    public string RowByRow(string columns, string? condition = null) =>
        pipeline.Sql.AddRowByRow($"SELECT {columns} FROM {From()}{(condition is null ? "" : $" WHERE {condition}")}");

    /// <summary>Makes it as one that looks at many rows at once; its name.</summary>
    public string AllAtOnce(string columns) => pipeline.Sql.Add($"SELECT {columns} FROM {From()}");

    /// <summary>The joins that the expressions need are known once these are written.</summary>
    private string From()
    {
        pipeline.AlsoReads(table.Reads);
        return table.From();
    }
}
