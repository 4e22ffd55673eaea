using ConflictData.Datasets;

namespace ConflictData.Submissions;

/// <summary>A row without what it holds, and the record that it is about.</summary>
/// <param name="Head">The row; of a record that a payload of mode=replace does not have, a retraction with the number 0.</param>
/// <param name="Id">The record's id in the letter case in which it is stored, or will be.</param>
/// <param name="Sequence">Sequence number of its last revision, a tombstone included; 0 where there is none.</param>
/// <param name="IsLive">True where the record stands.</param>
internal readonly record struct SubmittedRow(RowHead Head, string Id, long Sequence, bool IsLive)
{
    public Dataset Dataset => Head.Dataset;

    public bool IsRetraction => Head.IsRetraction;
}
