namespace LocalFunctionsHost.Storage;

/// <summary>Where an Azurite keeps its data and listens.</summary>
/// <param name="Folder">Its data; made when absent, and not used by one in memory.</param>
public sealed record AzuriteOptions(string Folder)
{
    /// <summary>True for one that forgets everything when it ends. It never stops to save its tables, which it otherwise does as a whole.</summary>
    public bool IsInMemory { get; init; }

    /// <summary>Port of the blob service on 127.0.0.1; 0 = a free one.</summary>
    public int BlobPort { get; init; }

    /// <summary>Port of the queue service on 127.0.0.1; 0 = a free one.</summary>
    public int QueuePort { get; init; }

    /// <summary>Port of the table service on 127.0.0.1; 0 = a free one.</summary>
    public int TablePort { get; init; }
}
