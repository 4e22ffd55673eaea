using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Api;

/// <summary>
/// A page and the files beside it, which lie in this assembly: a closed list, served with tags. Nothing of it comes from anywhere else,
/// and the page may load and call this app alone.
/// </summary>
/// <param name="root">Address of the page under /api/; the same stands before the names of its files in the assembly.</param>
/// <param name="pictures">What else pictures may come from; empty = the app alone.</param>
/// <param name="names">The names of the files beside the page.</param>
internal sealed class PageFiles(string root, string pictures, IReadOnlyList<string> names)
{
    private const string Page = "index.html";

    private static readonly FrozenDictionary<string, string> TypesByEnding = new Dictionary<string, string>
    {
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".json"] = "application/json",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
    }.ToFrozenDictionary();

    /// <summary>What the browser may load and call: this app; and no script or style that stands in the page.</summary>
    private readonly string contentSecurity =
        $"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'{pictures}; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private readonly FrozenSet<string> known = names.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The files beside the page, its licences among them: these and no others.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>Their media types, without charset.</summary>
    public IReadOnlyList<string> MediaTypes { get; } = [.. names.Select(name => TypeOf(name).Split(';')[0]).Distinct()];

    /// <summary>The page. It names its files by addresses that are right without a slash behind its own, so one with a slash is sent there.</summary>
    public IResult Index(ApiCall call) => call.Request.Path.Value!.EndsWith('/')
        ? Results.Redirect($"../{root.Split('/')[^1]}", permanent: true)
        : new TaggedResult(Read(Page), "text/html; charset=utf-8", contentSecurity);

    /// <summary>A file of the page.</summary>
    public IResult File(string name) => known.Contains(name)
        ? new TaggedResult(Read(name), TypeOf(name))
        : new ErrorResult(new(ErrorCode.NotFound, $"The page has no file of this name. It has {string.Join(", ", names)}.") { Target = "file" }, ErrorShape.Problem);

    /// <summary>Licences have no ending of their own, or that of text.</summary>
    private static string TypeOf(string name) => TypesByEnding.GetValueOrDefault(Path.GetExtension(name), "text/plain; charset=utf-8");

    private byte[] Read(string name)
    {
        using var stream = typeof(PageFiles).Assembly.GetManifestResourceStream($"{root}/{name}")
            ?? throw new InvalidOperationException($"{name} is not embedded.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
