namespace ConflictData.Access;

/// <summary>What was found out about a key, and when.</summary>
/// <param name="Record">The key; null where there is none of that id.</param>
/// <param name="ReadAt">When storage said so.</param>
/// <param name="TriedAt">When storage was asked last, whether or not it answered.</param>
internal sealed record KeyLook(KeyRecord? Record, DateTimeOffset ReadAt, DateTimeOffset TriedAt);
