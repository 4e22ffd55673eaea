using System.Collections.Frozen;
using ConflictData.Api;
using Microsoft.AspNetCore.Http;

namespace ConflictData.OpenApi;

/// <summary>
/// The page on which calls can be tried: Swagger UI as its npm package has it, with a page and a start of our own. All of it lies
/// in this assembly; nothing is fetched from anywhere else, and no script stands in the page.
/// </summary>
public static class SwaggerUi
{
    /// <summary>What the browser may load and call: this app, and pictures that stand in the style sheet.</summary>
    private const string ContentSecurity =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string Page = "index.html";
    private const string Root = "swagger/ui";

    private static readonly (string Name, string MediaType)[] Served =
    [
        ("swagger-ui-bundle.js", "text/javascript; charset=utf-8"),
        ("swagger-ui.css", "text/css; charset=utf-8"),
        ("start.js", "text/javascript; charset=utf-8"),
        ("page.css", "text/css; charset=utf-8"),
        ("favicon-32x32.png", "image/png"),
        ("swagger-ui-bundle.js.LICENSE.txt", "text/plain; charset=utf-8"),
        ("LICENSE", "text/plain; charset=utf-8"),
        ("NOTICE", "text/plain; charset=utf-8"),
    ];

    private static readonly FrozenDictionary<string, string> Types = Served.ToFrozenDictionary(file => file.Name, file => file.MediaType, StringComparer.Ordinal);

    /// <summary>The files beside the page, its licences among them: these and no others.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Served.Select(file => file.Name)];

    /// <summary>Their media types, without charset.</summary>
    public static IReadOnlyList<string> MediaTypes { get; } = [.. Served.Select(file => file.MediaType.Split(';')[0]).Distinct()];

    /// <summary>The page. It names its files by addresses that are right without a slash behind its own, so one with a slash is sent there.</summary>
    public static IResult Index(ApiCall call) => call.Request.Path.Value!.EndsWith('/')
        ? Results.Redirect("../ui", permanent: true)
        : new TaggedResult(Read(Page), "text/html; charset=utf-8", ContentSecurity);

    /// <summary>A file of the page.</summary>
    public static IResult File(string name) => Types.TryGetValue(name, out var type)
        ? new TaggedResult(Read(name), type)
        : new ErrorResult(new(ErrorCode.NotFound, $"The page has no file of this name. It has {string.Join(", ", Files)}.") { Target = "file" }, ErrorShape.Problem);

    private static byte[] Read(string name)
    {
        using var stream = typeof(SwaggerUi).Assembly.GetManifestResourceStream($"{Root}/{name}")
            ?? throw new InvalidOperationException($"{name} is not embedded.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
