using ConflictData.Datasets;
using ConflictData.Query;

namespace ConflictData.OData;

/// <summary>A query, ready to run at any release.</summary>
internal sealed record ReadPlan
{
    public required Dataset Dataset { get; init; }

    public required IReadOnlyList<Column> Columns { get; init; }

    public required string SelectContext { get; init; }

    /// <summary>The dataset as a table, with what the conditions and sort keys join to it.</summary>
    public required string From { get; init; }

    /// <summary>True where reading a page is more than a scan of the dataset's own rows.</summary>
    public bool Joins { get; init; }

    /// <summary>Every dataset that the answer depends on.</summary>
    public required IReadOnlyCollection<Dataset> Reads { get; init; }

    /// <summary>The condition of the filter; null = every row.</summary>
    public SqlFragment? Where { get; init; }

    /// <summary>The sort keys; null = stored order.</summary>
    public SqlFragment? Order { get; init; }

    public long? Top { get; init; }

    public long Skip { get; init; }

    public bool Count { get; init; }

    /// <summary>The same, of those rows only that have a value in a column.</summary>
    public ReadPlan Within(Column column, string value)
    {
        var condition = new SqlFragment($"r.{EngineSchema.Quote(column.Name)} = $1", [value]);
        return this with { Where = Where is null ? condition : SqlFragment.Of($"{condition} AND ({Where})") };
    }
}
