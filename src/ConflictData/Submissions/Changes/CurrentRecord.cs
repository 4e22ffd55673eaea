namespace ConflictData.Submissions;

/// <summary>The last revision of a record at the release that is built on.</summary>
/// <param name="Id">Its id as it is stored.</param>
/// <param name="Release">The release that brought the revision.</param>
/// <param name="Live">False for a tombstone.</param>
/// <param name="Values">One value a column by ordinal, system columns too.</param>
internal sealed record CurrentRecord(string Id, int Release, bool Live, object?[] Values);
