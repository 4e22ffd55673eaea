namespace ConflictData.OData;

/// <summary>One item of an aggregate.</summary>
/// <param name="Property">What it makes.</param>
/// <param name="Sums">Its columns over the rows of a group.</param>
/// <param name="Then">Columns that are made of those, row by row.</param>
internal sealed record Aggregate(PipelineProperty Property, IReadOnlyList<string> Sums, IReadOnlyList<string> Then);
