using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ConflictData.Storage;

namespace ConflictData.Submissions;

/// <summary>
/// The containers inbox, archive and rejected. Everything that is done to a file is done to the version that was listed; where it has
/// changed since, calls throw <see cref="RequestFailedException"/> with status 412, or 404 where it is gone.
/// </summary>
public sealed class InboxFiles(StorageAccount account, TimeProvider clock)
{
    /// <summary>A file that was written to so lately may still be growing.</summary>
    public static readonly TimeSpan Settled = TimeSpan.FromSeconds(5);

    private readonly BlobContainerClient inbox = account.Container("inbox");

    /// <summary>All files that nobody is writing, as far as can be seen: none that is leased, or that was written to just now.</summary>
    public async IAsyncEnumerable<InboxFile> Waiting([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var blob in inbox.GetBlobsAsync(new GetBlobsOptions { Traits = BlobTraits.Metadata }, cancellation))
        {
            var settled = clock.GetUtcNow() - blob.Properties.LastModified >= Settled;
            if (settled && blob.Properties.LeaseStatus != LeaseStatus.Locked && !blob.Metadata.ContainsKey("hdi_isfolder"))
            {
                yield return new InboxFile(
                    blob.Name, blob.Properties.ETag!.Value, blob.Properties.ContentLength ?? 0, blob.Properties.LastModified!.Value);
            }
        }
    }

    /// <summary>The bytes, as they come.</summary>
    public async Task<Stream> Open(InboxFile file, CancellationToken cancellation)
    {
        var options = new BlobDownloadOptions { Conditions = new BlobRequestConditions { IfMatch = file.Version } };
        return (await inbox.GetBlobClient(file.Name).DownloadStreamingAsync(options, cancellation)).Value.Content;
    }

    /// <summary>
    /// Takes a file out of the inbox: its report first, then a copy, and only then the file goes. Whoever is stopped in between is
    /// followed by another who does the same again.
    /// </summary>
    public async Task Move(InboxFile file, bool isLoaded, ReadOnlyMemory<byte> report, CancellationToken cancellation)
    {
        var to = account.Container(isLoaded ? "archive" : "rejected");
        await to.GetBlobClient($"{file.Place}.{(isLoaded ? "report" : "errors")}.json").UploadAsync(
            BinaryData.FromBytes(report),
            new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" } },
            cancellation);

        var source = inbox.GetBlobClient(file.Name);
        var copying = await to.GetBlobClient(file.Place).StartCopyFromUriAsync(
            source.Uri,
            new BlobCopyFromUriOptions { SourceConditions = new BlobRequestConditions { IfMatch = file.Version } },
            cancellation);
        await copying.WaitForCompletionAsync(cancellation);
        await source.DeleteAsync(conditions: new BlobRequestConditions { IfMatch = file.Version }, cancellationToken: cancellation);
    }
}
