namespace ConflictData.OData;

/// <summary>Names an ordered read.</summary>
/// <param name="EffectiveRelease">The last release that touched the dataset.</param>
/// <param name="Query">Hash of the query, hex.</param>
internal readonly record struct OrderKey(int EffectiveRelease, string Query);
