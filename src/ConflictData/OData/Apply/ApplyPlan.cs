namespace ConflictData.OData;

/// <summary>An $apply with the options after it, ready to run at any release.</summary>
/// <param name="Output">The rows that come out.</param>
/// <param name="Rows">The stages up to <paramref name="Last"/>.</param>
/// <param name="Last">The stage that gives the rows.</param>
/// <param name="Counted">The stages up to what $count counts: without $skip and $top. Null where it is not asked for.</param>
/// <param name="CountedLast">The last of those.</param>
/// <param name="Context">What the context address says behind the name of the set.</param>
internal sealed record ApplyPlan(Shape Output, SqlFragment Rows, string Last, SqlFragment? Counted, string? CountedLast, string Context);
