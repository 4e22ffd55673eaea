namespace ConflictData.OData;

/// <summary>Two releases, and what may have changed between them.</summary>
/// <param name="From">The release that a client has; 0 = nothing.</param>
/// <param name="To">The release that it asks for.</param>
/// <param name="IsSame">True where nothing that the query reads was touched between them.</param>
/// <param name="After">
/// Where nothing that the conditions find beside the record itself was touched: the last sequence number at the first release.
/// What stands at both then meets the conditions at both or at neither, so that only what came or went need be looked at.
/// </param>
internal sealed record ReleaseSpan(int From, int To, bool IsSame, long? After)
{
    public static ReleaseSpan Of(ReadPlan plan, int from, ReadPoint at)
    {
        var history = at.History;
        var isSame = history.Effective(new(from), plan.Reads) == at.Effective(plan.Reads);
        var isOwn = history.Effective(new(from), plan.Related) == at.Effective(plan.Related);
        return new(from, at.Release, isSame, isOwn ? history.LastSequence(plan.Dataset, from) : null);
    }
}
