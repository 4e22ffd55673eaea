using ConflictData.Query;

namespace ConflictData.OData;

/// <summary>Names a read whose rows are listed.</summary>
/// <param name="Effective">The point since which nothing that is read has changed.</param>
/// <param name="Query">Hash of the query, hex.</param>
internal readonly record struct OrderKey(AsOf Effective, string Query);
