using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;

namespace ConflictData.Storage;

/// <summary>The storage account: tables and containers of one store, whose names begin with <see cref="Settings.StoragePrefix"/>.</summary>
public sealed class StorageAccount
{
    private static readonly string[] Tables = ["Commits", "Revisions", "Submissions", "Keys"];
    private static readonly string[] Containers = ["submissions", "inbox", "archive", "rejected", "checkpoints", "snapshots"];

    private readonly string prefix;
    private readonly TableServiceClient tables;
    private readonly BlobServiceClient blobs;

    public StorageAccount(string connectionString, string prefix)
    {
        this.prefix = prefix;
        tables = new TableServiceClient(connectionString, Bounded(new TableClientOptions()));
        blobs = new BlobServiceClient(connectionString, Bounded(new BlobClientOptions()));
    }

    internal TableClient Table(string name) => tables.GetTableClient(prefix + name);

    internal BlobContainerClient Container(string name) => blobs.GetBlobContainerClient(prefix.ToLowerInvariant() + name);

    /// <summary>Makes tables and containers that are missing.</summary>
    public Task EnsureCreated(CancellationToken cancellation) => Task.WhenAll(
    [
        .. Tables.Select(name => Table(name).CreateIfNotExistsAsync(cancellation)),
        .. Containers.Select(name => Container(name).CreateIfNotExistsAsync(cancellationToken: cancellation)),
    ]);

    /// <summary>One call takes a minute and a half at most, so that a caller learns of an outage within Azure's limit of 230 s for an answer.</summary>
    private static T Bounded<T>(T options)
        where T : ClientOptions
    {
        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.MaxRetries = 3;
        options.Retry.Delay = TimeSpan.FromMilliseconds(200);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(3);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(20);
        return options;
    }
}
