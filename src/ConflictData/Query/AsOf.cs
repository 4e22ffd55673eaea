namespace ConflictData.Query;

/// <summary>What a query reads. The same point gives the same rows for ever.</summary>
/// <param name="Release">The data of this release; 0 = none.</param>
/// <param name="Tags">The tags at this version; 0 for what depends on none.</param>
public readonly record struct AsOf(int Release, int Tags = 0);
