using ConflictData.Datasets;

namespace ConflictData.OData;

/// <summary>A piece of SQL with the values of its placeholders.</summary>
internal sealed record SqlFragment(string Text, IReadOnlyList<object?> Values);

/// <summary>A query, ready to run at any release.</summary>
internal sealed record ReadPlan
{
    public required Dataset Dataset { get; init; }

    public required IReadOnlyList<Column> Columns { get; init; }

    public required string SelectContext { get; init; }

    /// <summary>The condition of the filter; null = every row.</summary>
    public SqlFragment? Where { get; init; }

    /// <summary>The sort keys; null = stored order. Its values are those of <see cref="Where"/> and its own after them.</summary>
    public SqlFragment? Order { get; init; }

    public long? Top { get; init; }

    public long Skip { get; init; }

    public bool Count { get; init; }
}
