using Azure.Data.Tables;
using Azure.Storage.Blobs;

namespace ConflictData.Storage;

/// <summary>The tables and containers of one store; their names begin with <see cref="Settings.StoragePrefix"/>.</summary>
public sealed class StorageAccount(Settings settings)
{
    private static readonly string[] Tables = ["Commits", "Revisions", "Submissions", "Keys"];
    private static readonly string[] Containers = ["submissions", "inbox", "archive", "rejected", "checkpoints", "snapshots"];

    private readonly TableServiceClient tables = StorageClients.Tables(settings);
    private readonly BlobServiceClient blobs = StorageClients.Blobs(settings);

    internal TableClient Table(string name) => tables.GetTableClient(settings.StoragePrefix + name);

    internal BlobContainerClient Container(string name) => blobs.GetBlobContainerClient(settings.StoragePrefix.ToLowerInvariant() + name);

    /// <summary>Makes tables and containers that are missing.</summary>
    public Task EnsureCreated(CancellationToken cancellation) => Task.WhenAll(
    [
        .. Tables.Select(name => Table(name).CreateIfNotExistsAsync(cancellation)),
        .. Containers.Select(name => Container(name).CreateIfNotExistsAsync(cancellationToken: cancellation)),
    ]);
}
