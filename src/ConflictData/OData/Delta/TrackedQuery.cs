namespace ConflictData.OData;

/// <summary>
/// The query whose changes are followed. Its delta link leaves out how the first answer was ordered and that its rows were
/// counted: changes have an order of their own, and a count is asked for each time (part 1, 11.3.1).
/// </summary>
/// <param name="Options">The options of its delta link, but for the token.</param>
/// <param name="Hash">Tells it from other queries.</param>
internal sealed record TrackedQuery(RequestOptions Options, byte[] Hash)
{
    /// <summary>The query that a request reads, or whose changes it reads. What a client adds to a delta link but $count makes it another query.</summary>
    public static TrackedQuery Of(ODataRequest request)
    {
        var options = request.Options["deltatoken"] is null ? request.Options.Without("count", "orderby") : request.Options.Without("count", "deltatoken");
        return new(options, QueryHash.Of(request.Call, request.Target with { Kind = TargetKind.Delta }, options));
    }
}
