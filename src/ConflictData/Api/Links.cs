using Microsoft.AspNetCore.Http;

namespace ConflictData.Api;

/// <summary>
/// Absolute addresses for links. The Functions host keeps the Host header but loses the scheme that a client used, so
/// the setting PublicUrl comes first, then the site's own name in Azure, and only then the request itself.
/// </summary>
public sealed class Links(Uri api)
{
    /// <summary>The address of /api/, with the closing slash.</summary>
    public Uri Api { get; } = api;

    /// <summary>An address under /api/; segments must already be escaped.</summary>
    public Uri To(string path) => new(Api, path);

    /// <summary>For a client that names no host, as HTTP/1.0 allows, or none that an address can have; it asks for no links.</summary>
    private static readonly Uri Nowhere = new("http://localhost/api/");

    // The host is taken as it was sent: to be written as a component of an address it must have labels that a name can have, else it throws.
    public static Links For(HttpRequest request, Settings settings) =>
        Known(settings) ?? Under($"{request.Scheme}://{request.Host.Value}");

    /// <summary>For what no request asks for; null where only a request could tell.</summary>
    public static Links? Known(Settings settings) =>
        settings.PublicUrl.Length > 0 ? Under(settings.PublicUrl)
        : SiteInAzure() is { } host ? Under($"https://{host}")
        : null;

    private static Links Under(string root) => new(Uri.TryCreate($"{root.TrimEnd('/')}/api/", UriKind.Absolute, out var api) ? api : Nowhere);

    /// <summary>The Functions tools set the variable on a developer's machine too, where nothing serves https.</summary>
    private static string? SiteInAzure() =>
        Environment.GetEnvironmentVariable("WEBSITE_HOSTNAME") is { Length: > 0 } host && !host.StartsWith("localhost", StringComparison.OrdinalIgnoreCase)
            ? host
            : null;
}
