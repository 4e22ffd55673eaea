using ConflictData.Query;

namespace ConflictData.OData;

/// <summary>What the app knows about a request for the feed beside the HTTP request itself.</summary>
/// <param name="Path">The path after odata/, decoded; "" is the service document.</param>
/// <param name="Release">The release root that the address names, as the client wrote it; null = the newest.</param>
/// <param name="ServiceRoot">Absolute address of the service as the client knows it, release root included.</param>
/// <param name="KeyId">Id of the caller's key; null = anonymous. What next links carry on.</param>
/// <param name="Owner">Owner of that key.</param>
public sealed record ODataCall(string Path, string? Release, Uri ServiceRoot, string? KeyId = null, string? Owner = null)
{
    /// <summary>True for what holds no rows and so needs no key: the service document and $metadata.</summary>
    public bool IsOpen => Path.Trim('/') is "" or "$metadata";

    /// <summary>True where the root names its release by number, and so names the same one for ever.</summary>
    public bool NamesNumber => Release is not null && Release.All(char.IsAsciiDigit);

    /// <summary>What all requests of a batch read; null outside one.</summary>
    public AsOf? Pinned { get; init; }

    internal bool IsBatch => Path.Trim('/').Equals("$batch", StringComparison.OrdinalIgnoreCase);

    internal string Root { get; } = ServiceRoot.AbsoluteUri.TrimEnd('/') + "/";
}
