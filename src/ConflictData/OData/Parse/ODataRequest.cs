namespace ConflictData.OData;

/// <summary>A request, read but not yet bound.</summary>
internal sealed record ODataRequest(ODataCall Call, ODataTarget Target, RequestOptions Options, Representation Representation)
{
    public byte[] QueryHash { get; } = OData.QueryHash.Of(Call, Target, Options);
}
