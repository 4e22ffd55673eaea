using ConflictData.Datasets;

namespace ConflictData.OData;

internal enum TargetKind
{
    ServiceDocument,
    Metadata,
    Set,
    Delta,
    Count,
    Entity,
    Property,
    Value,
}

/// <summary>What the path of a request names.</summary>
/// <param name="Kind">Which form of address it is.</param>
/// <param name="Dataset">The dataset, unless it is the service document or $metadata.</param>
/// <param name="Key">The record's id, from Entity on.</param>
/// <param name="Column">The property, from Property on.</param>
internal sealed record ODataTarget(TargetKind Kind, Dataset? Dataset = null, string? Key = null, Column? Column = null)
{
    /// <summary>The way there, where the path leads over other records; the key is known at its end.</summary>
    public RecordPath? Via { get; init; }

    /// <summary>True where references are asked for instead of records.</summary>
    public bool IsReference { get; init; }

    /// <summary>The same, of the changes to the set where the options ask for these.</summary>
    public ODataTarget With(RequestOptions options) =>
        this is { Kind: TargetKind.Set, IsReference: false } && options["deltatoken"] is not null ? this with { Kind = TargetKind.Delta } : this;

    /// <summary>Address of the set, or of what the path leads to, under the root.</summary>
    public string Address => (Via?.Address ?? Dataset!.Name) + (IsReference ? "/$ref" : "");
}
