using ConflictData.Api;
using Microsoft.AspNetCore.Http;

namespace ConflictData.OData;

/// <summary>Reads a request: what it asks for, with which options, in which form.</summary>
internal sealed class RequestParser(Settings limits)
{
    public async Task<Result<ODataRequest>> Read(HttpRequest http, ODataCall call, CancellationToken cancellation)
    {
        var query = http.QueryString.Value ?? "";
        if (call.Path.Length + query.Length > limits.MaxAddress)
        {
            return new ApiError(ErrorCode.BadQuery, $"The address is longer than {limits.MaxAddress} characters. Send the options with POST to the address with {QueryBody.Segment} behind it.");
        }
        var path = call.Path.TrimEnd('/');
        if (HttpMethods.IsPost(http.Method) && path.EndsWith(QueryBody.Segment, StringComparison.OrdinalIgnoreCase))
        {
            return (await QueryBody.Read(http, limits, cancellation)).Succeeded(out var body, out var error) ? Read(http, call, path[..^QueryBody.Segment.Length], $"{query}&{body}") : error;
        }
        if (HttpMethods.IsPost(http.Method) && path.Equals(QueryBody.Segment[1..], StringComparison.OrdinalIgnoreCase))
        {
            return ExpressionErrors.Unsupported($"{path} at the root; it stands behind the address of a set, a record or a count, such as Places{QueryBody.Segment}") with { Target = "path" };
        }
        return HttpMethods.IsGet(http.Method) || HttpMethods.IsHead(http.Method)
            ? Read(http, call, call.Path, query)
            : ExpressionErrors.Unsupported($"{http.Method} here; it is read with GET and HEAD, and with POST to {QueryBody.Segment}") with { Target = "method" };
    }

    private Result<ODataRequest> Read(HttpRequest http, ODataCall call, string path, string query)
    {
        if (!RequestOptions.Read(query).Succeeded(out var given, out var error)
            || !EntityId.Resolve(path, given, call, http.Host).Succeeded(out var resolved, out error)
            || !PathSuffix.WithoutFilters(resolved.Path, resolved.Options).Succeeded(out var address, out error)
            || !new PathParser(address.Options.Aliases, limits).Parse(address.Path).Succeeded(out var named, out error))
        {
            return error;
        }
        var target = named.With(address.Options);
        if (EntityId.Problem(given, target) is { } problem)
        {
            return problem;
        }
        return Representation.Read(http, address.Options["format"], target.Kind).Succeeded(out var representation, out error)
            ? new ODataRequest(call, target, address.Options, representation)
            : error;
    }
}
