using ConflictData.Datasets;

namespace ConflictData.Releases;

/// <summary>What became of a record between two releases.</summary>
public enum RecordChangeKind
{
    Added,
    Changed,
    Retracted,
}

/// <summary>How a record differs between two releases.</summary>
/// <param name="Dataset">Its dataset.</param>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What became of it.</param>
/// <param name="Release">The last release that touched it.</param>
/// <param name="Reason">The reason that this release gave.</param>
/// <param name="Columns">The columns that differ; of an added or retracted record all that have a value.</param>
internal sealed record RecordChange(Dataset Dataset, string Id, RecordChangeKind Kind, int Release, string? Reason, IReadOnlyList<ColumnChange> Columns);

/// <summary>A value that differs.</summary>
/// <param name="Column">The column.</param>
/// <param name="Before">Its value at the earlier release; null = empty.</param>
/// <param name="After">Its value at the later release; null = empty.</param>
internal sealed record ColumnChange(Column Column, object? Before, object? After)
{
    /// <summary>Compares two rows of a dataset, null for a row that is not there. What a release fills in by itself is left out.</summary>
    public static IReadOnlyList<ColumnChange> Between(Dataset dataset, Func<Column, object?>? before, Func<Column, object?>? after) =>
    [
        .. from column in dataset.Columns
           where column.Role != ColumnRole.System
           let change = new ColumnChange(column, before?.Invoke(column), after?.Invoke(column))
           where !Equals(change.Before, change.After)
           select change,
    ];
}
