using System.Text;
using ConflictData.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ConflictData.OData;

/// <summary>Reads a request: what it asks for, with which options, in which form.</summary>
internal sealed class RequestParser(Settings limits)
{
    private const string QuerySegment = "/$query";

    public async Task<Result<ODataRequest>> Read(HttpRequest http, ODataCall call, CancellationToken cancellation)
    {
        var query = http.QueryString.Value ?? "";
        if (call.Path.Length + query.Length > limits.MaxAddress)
        {
            return new ApiError(ErrorCode.BadQuery, $"The address is longer than {limits.MaxAddress} characters. Send the options with POST to the address with {QuerySegment} behind it.");
        }
        var path = call.Path.TrimEnd('/');
        if (HttpMethods.IsPost(http.Method) && path.EndsWith(QuerySegment, StringComparison.OrdinalIgnoreCase))
        {
            return (await ReadBody(http, cancellation)).Succeeded(out var body, out var error) ? Read(http, call, path[..^QuerySegment.Length], $"{query}&{body}") : error;
        }
        return HttpMethods.IsGet(http.Method) || HttpMethods.IsHead(http.Method)
            ? Read(http, call, call.Path, query)
            : ExpressionErrors.Unsupported($"{http.Method} here; it is read with GET and HEAD, and with POST to {QuerySegment}") with { Target = "method" };
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

    /// <summary>The options in the body, as they would stand in an address (protocol 4.01, 11.2.6 and URL conventions 4.16).</summary>
    private async Task<Result<string>> ReadBody(HttpRequest http, CancellationToken cancellation)
    {
        if (!MediaTypeHeaderValue.TryParse(http.ContentType, out var type) || !type.MediaType.Equals("text/plain", StringComparison.OrdinalIgnoreCase))
        {
            return new ApiError(ErrorCode.UnsupportedMediaType, $"The body of {QuerySegment} is text/plain: the options as they would stand in an address.") { Target = "Content-Type" };
        }
        return await LimitedBody.Read(http.Body, limits.MaxQueryBody, cancellation) is { } body
            ? Encoding.UTF8.GetString(body)
            : new ApiError(ErrorCode.BadQuery, $"The body of {QuerySegment} is longer than {limits.MaxQueryBody} bytes. Ask in several queries.") { Target = "body" };
    }
}
