using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Azure.Storage.Sas;

namespace ConflictData.Snapshots;

/// <summary>Links by which storage itself hands out one blob for a few minutes: shared access signatures for reading.</summary>
internal sealed class TemporaryLinks(TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    /// <summary>How long a key that signs is asked for; it must outlive every link that it signs.</summary>
    private static readonly TimeSpan KeyLife = TimeSpan.FromHours(6);

    private UserDelegationKey? signing;

    /// <summary>A link to a blob.</summary>
    /// <param name="blob">The blob.</param>
    /// <param name="contentDisposition">What its answer says of saving it.</param>
    /// <param name="cancellation">Stops the call.</param>
    public async Task<Uri> To(BlobClient blob, string contentDisposition, CancellationToken cancellation)
    {
        var order = new BlobSasBuilder(BlobSasPermissions.Read, clock.GetUtcNow() + Life)
        {
            BlobContainerName = blob.BlobContainerName,
            BlobName = blob.Name,
            Resource = "b",
            ContentDisposition = contentDisposition,
        };
        if (blob.CanGenerateSasUri)
        {
            return blob.GenerateSasUri(order);
        }

        // With a managed identity there is no account key; storage lends one for signing.
        var service = blob.GetParentBlobContainerClient().GetParentBlobServiceClient();
        var key = await Key(service, cancellation);
        return new BlobUriBuilder(blob.Uri) { Sas = order.ToSasQueryParameters(key, service.AccountName) }.ToUri();
    }

    private async Task<UserDelegationKey> Key(BlobServiceClient service, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (signing is { } known && known.SignedExpiresOn > now + (2 * Life))
        {
            return known;
        }

        return signing = await service.GetUserDelegationKeyAsync(null, now + KeyLife, cancellation);
    }
}
