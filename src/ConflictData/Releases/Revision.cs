using ConflictData.Datasets;

namespace ConflictData.Releases;

/// <summary>What a revision does to its record.</summary>
public enum RevisionAction
{
    /// <summary>The record is this row from now on.</summary>
    Upsert,

    /// <summary>The record is gone from now on; the values are those it last had.</summary>
    Retract,
}

/// <summary>One version of a record, before or after its commit; never changed.</summary>
/// <param name="Dataset">The record's dataset.</param>
/// <param name="Id">The record's id, in the letter case in which it was first stored.</param>
/// <param name="Action">What the revision does.</param>
/// <param name="Reason">Why: one of the values of the column ChangeReason.</param>
/// <param name="Values">
/// One value a column, by <see cref="Column.Ordinal"/>, of the type that <see cref="ColumnType"/> names; null = empty.
/// System columns are null here: the commit fills them.
/// </param>
public sealed record Revision(Dataset Dataset, string Id, RevisionAction Action, string Reason, object?[] Values);
