using ConflictData.Access;
using ConflictData.Api;
using Microsoft.AspNetCore.Http;

namespace ConflictData.OData;

/// <summary>What the feed's addresses answer, once it is settled who may read.</summary>
public sealed class ODataAnswers(ODataService service, PageTokens tokens, KeyRing keys)
{
    private const Scopes Read = Scopes.Read | Scopes.Admin;

    /// <param name="call">The call.</param>
    /// <param name="release">The release root as the address names it; null = the newest.</param>
    /// <param name="path">The path after odata/, as the route binds it.</param>
    public Task<IResult> Feed(ApiCall call, string? release, string? path)
    {
        var root = call.Links.To(release is null ? "odata/" : $"releases/{Uri.EscapeDataString(release)}/odata/");
        var reader = ReaderOf(call);
        var odata = new ODataCall(path ?? "", release, root, reader?.KeyId, reader?.Owner);
        IResult answer = odata.IsOpen || reader is not null
            ? new ServiceResult(service, odata)
            : new ErrorResult(AccessErrors.Denied(call.Caller, Read), ErrorShape.OData);
        return Task.FromResult(answer);
    }

    /// <summary>
    /// Who reads: the caller, or, for a caller who sends no key, whoever the page token was made for; null where nobody may.
    /// So a refresh that follows next links works whether or not it sends its key with each.
    /// </summary>
    private Caller? ReaderOf(ApiCall call) =>
        call.Caller.MayDo(Read) ? call.Caller
        : call.Caller.KeyId is null && tokens.Authorisation(call.Request.QueryString.Value ?? "") is { } token && keys.Stands(token.KeyId)
            ? new Caller(token.KeyId, token.Owner, Scopes.Read)
            : null;

    private sealed class ServiceResult(ODataService service, ODataCall call) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => service.Handle(httpContext, call, httpContext.RequestAborted);
    }
}
