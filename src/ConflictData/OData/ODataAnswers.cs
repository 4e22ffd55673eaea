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
    public async Task<IResult> Feed(ApiCall call, string? release, string? path)
    {
        var root = call.Links.To(release is null ? "odata/" : $"releases/{Uri.EscapeDataString(release)}/odata/");
        var mayRead = (await ReaderOf(call)).Succeeded(out var reader, out var refusal);
        var odata = new ODataCall(path ?? "", release, root, reader?.KeyId, reader?.Owner);
        return mayRead || odata.IsOpen ? new ServiceResult(service, odata) : new ErrorResult(refusal!, ErrorShape.OData);
    }

    /// <summary>
    /// Who reads: the caller, or, for a caller who sends no key, whoever the page token was made for, as long as that one's key
    /// is valid. So a refresh that follows next links works whether or not it sends its key with each.
    /// </summary>
    private async ValueTask<Result<Caller>> ReaderOf(ApiCall call)
    {
        if (call.Caller.MayDo(Read))
        {
            return call.Caller;
        }

        if (call.Caller.KeyId is not null || tokens.Authorisation(call.Request.QueryString.Value ?? "") is not { } token)
        {
            return keys.Denied(call.Caller, Read);
        }

        return !(await keys.Standing(token.KeyId, call.Request.HttpContext.RequestAborted)).Succeeded(out var holder, out var error) ? error
            : holder.MayDo(Read) ? holder with { Scopes = Scopes.Read }
            : keys.Denied(call.Caller, Read);
    }

    private sealed class ServiceResult(ODataService service, ODataCall call) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => service.Handle(httpContext, call, httpContext.RequestAborted);
    }
}
