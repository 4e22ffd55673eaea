namespace ConflictData.Submissions;

/// <summary>Where the last revision of a record stands at the release that is built on.</summary>
/// <param name="Id">The record's id as it is stored.</param>
/// <param name="Sequence">The revision's sequence number.</param>
/// <param name="IsLive">False for a tombstone.</param>
internal sealed record LastRevision(string Id, long Sequence, bool IsLive);
