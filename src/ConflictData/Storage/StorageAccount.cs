using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;

namespace ConflictData.Storage;

/// <summary>The tables and containers of one store; their names begin with <see cref="Settings.StoragePrefix"/>.</summary>
public sealed class StorageAccount
{
    private static readonly string[] Tables = ["Commits", "Revisions", "Submissions", "Keys", "Webhooks"];
    private static readonly string[] Containers = ["submissions", "inbox", "archive", "rejected", "checkpoints", "snapshots"];

    private readonly string prefix;
    private readonly TableServiceClient tables;
    private readonly BlobServiceClient blobs;

    public StorageAccount(Settings settings)
        : this(settings, shape: null)
    {
    }

    /// <param name="settings">How the account is reached, and the prefix.</param>
    /// <param name="shape">What is to be added to the clients' options, such as a policy that counts calls; null = nothing.</param>
    internal StorageAccount(Settings settings, Action<ClientOptions>? shape)
    {
        prefix = settings.StoragePrefix;
        tables = StorageClients.Tables(settings, shape);
        blobs = StorageClients.Blobs(settings, shape);
    }

    internal TableClient Table(string name) => tables.GetTableClient(prefix + name);

    internal BlobContainerClient Container(string name) => blobs.GetBlobContainerClient(prefix.ToLowerInvariant() + name);

    /// <summary>Makes tables and containers that are missing.</summary>
    public Task EnsureCreated(CancellationToken cancellation) => Task.WhenAll(
    [
        .. Tables.Select(name => Table(name).CreateIfNotExistsAsync(cancellation)),
        .. Containers.Select(name => Container(name).CreateIfNotExistsAsync(cancellationToken: cancellation)),
    ]);
}
