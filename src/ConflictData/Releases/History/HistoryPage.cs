namespace ConflictData.Releases;

/// <summary>Some revisions of a record.</summary>
/// <param name="Revisions">Newest first.</param>
/// <param name="Next">The release before which there are older ones; null where there are none.</param>
internal sealed record HistoryPage(IReadOnlyList<RevisionEntry> Revisions, int? Next);
