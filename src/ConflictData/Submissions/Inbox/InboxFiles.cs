using System.Runtime.CompilerServices;
using System.Text;
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

    private static readonly GetBlobsOptions WithMetadata = new() { Traits = BlobTraits.Metadata };

    private readonly BlobContainerClient inbox = account.Container("inbox");

    /// <summary>All files that nobody is writing.</summary>
    public async IAsyncEnumerable<InboxFile> Waiting([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var blob in inbox.GetBlobsAsync(WithMetadata, cancellation))
        {
            if (FileOf(blob) is { IsGrowing: false } file)
            {
                yield return file;
            }
        }
    }

    /// <summary>All files whose names come after one, in the order of their names.</summary>
    public async IAsyncEnumerable<InboxFile> After(string name, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var start = Encoding.UTF8.GetBytes(name);
        var options = new GetBlobsOptions { Traits = BlobTraits.Metadata, StartFrom = name.Length > 0 ? name : null };
        await foreach (var blob in inbox.GetBlobsAsync(options, cancellation))
        {
            // Not every storage honours the starting point, and none leaves it out.
            if (Encoding.UTF8.GetBytes(blob.Name).AsSpan().SequenceCompareTo(start) > 0 && FileOf(blob) is { } file)
            {
                yield return file;
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

    /// <summary>Null for a folder, as some clients make them.</summary>
    private InboxFile? FileOf(BlobItem blob) => blob.Metadata.ContainsKey("hdi_isfolder") ? null
        : new InboxFile(blob.Name, blob.Properties.ETag!.Value, blob.Properties.ContentLength ?? 0, blob.Properties.LastModified!.Value)
        {
            IsGrowing = blob.Properties.LeaseStatus == LeaseStatus.Locked || clock.GetUtcNow() - blob.Properties.LastModified < Settled,
        };
}
