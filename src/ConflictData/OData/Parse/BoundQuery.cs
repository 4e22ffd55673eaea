using ConflictData.Datasets;
using Microsoft.OData.UriParser;

namespace ConflictData.OData;

/// <summary>Query options, bound to the model.</summary>
internal sealed record BoundQuery
{
    public required Dataset Dataset { get; init; }

    public SingleValueNode? Filter { get; init; }

    public SingleValueNode? Search { get; init; }

    public IReadOnlyList<ComputedProperty> Computed { get; init; } = [];

    public IReadOnlyList<(SingleValueNode Key, bool Descending)> Order { get; init; } = [];

    /// <summary>The columns of the answer, in its order.</summary>
    public required IReadOnlyList<Column> Columns { get; init; }

    /// <summary>What the context address says of them.</summary>
    public SelectList SelectList { get; init; } = SelectList.All;

    /// <summary>The records to give with each record.</summary>
    public IReadOnlyList<BoundExpand> Expanded { get; init; } = [];

    public long? Top { get; init; }

    public long Skip { get; init; }

    public bool Count { get; init; }

    /// <summary>The values of parameter aliases; one that the request leaves out is null.</summary>
    public required IReadOnlyDictionary<string, SingleValueNode> Aliases { get; init; }
}

/// <summary>An item of $expand.</summary>
/// <param name="Way">From the record to the others.</param>
/// <param name="Query">What is asked of them.</param>
/// <param name="Kind">What is given of them.</param>
internal sealed record BoundExpand(Navigation Way, BoundQuery Query, ExpandKind Kind = ExpandKind.Records)
{
    /// <summary>True where the same way goes on from there, by $levels.</summary>
    public bool IsRecursive { get; init; }
}
