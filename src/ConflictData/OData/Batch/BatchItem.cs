using ConflictData.Api;

namespace ConflictData.OData;

/// <summary>One request of a batch.</summary>
/// <param name="Id">Its id, or its Content-ID; null where a multipart batch gives none.</param>
/// <param name="Method">Its method, in upper case.</param>
/// <param name="Url">Its address as the client wrote it.</param>
internal sealed record BatchItem(string? Id, string Method, string Url)
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Its body as it would come alone; empty where it has none.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    public string? Group { get; init; }

    /// <summary>Ids of requests and groups that must have succeeded.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>Why it is not carried out; null where it is.</summary>
    public ApiError? Refusal { get; init; }
}

/// <summary>The forms of a batch.</summary>
internal enum BatchForm
{
    Json,
    Multipart,
}
