using ConflictData.Api;
using Microsoft.AspNetCore.Http;

namespace ConflictData.OData;

/// <summary>Reads an address that a request holds: absolute, from the root of the host, or relative to the service.</summary>
internal static class ServiceUrl
{
    /// <summary>The path under the service root, decoded, and the query with its question mark.</summary>
    public static Result<(string Path, string Query)> Read(string url, ODataCall call, HostString host)
    {
        var root = call.ServiceRoot;
        var rootPath = new Uri(call.Root).AbsolutePath;
        if (Uri.TryCreate(url, UriKind.Absolute, out var absolute) && absolute.Scheme is "http" or "https")
        {
            if (absolute.Authority != root.Authority && absolute.Authority != host.Value)
            {
                return Elsewhere(url);
            }
            url = absolute.PathAndQuery;
        }
        if (url.StartsWith('/'))
        {
            if (!(url + "/").StartsWith(rootPath, StringComparison.Ordinal))
            {
                return Elsewhere(url);
            }
            url = url.Length < rootPath.Length ? "" : url[rootPath.Length..];
        }
        var question = url.IndexOf('?', StringComparison.Ordinal);
        return question < 0 ? (Uri.UnescapeDataString(url), "") : (Uri.UnescapeDataString(url[..question]), url[question..]);
    }

    private static ApiError Elsewhere(string url) => new(
        ErrorCode.BadRequest, $"{url.Split('?')[0]} is not under the address of this service.")
    {
        Target = "url",
    };
}
