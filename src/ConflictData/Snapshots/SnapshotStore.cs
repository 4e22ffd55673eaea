using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ConflictData.Releases;
using ConflictData.Storage;

namespace ConflictData.Snapshots;

/// <summary>
/// Published files in Blob storage. A file is written once and a manifest last, so that a reader never sees half a set.
/// Manifests are named in descending order of release, so that the newest is the first one listed.
/// </summary>
public sealed class SnapshotStore(StorageAccount account, TimeProvider clock)
{
    /// <summary>A file that is used again is marked as used, unless it was marked or written within this time.</summary>
    private static readonly TimeSpan MarkAgain = TimeSpan.FromHours(12);

    /// <summary>A file that no set names and that nobody has used for so long is left over; no run takes as long to name it.</summary>
    private static readonly TimeSpan LeftOver = TimeSpan.FromHours(36);

    private readonly BlobContainerClient container = account.Container("snapshots");
    private readonly TemporaryLinks links = new(clock);

    /// <summary>The manifest of a release; null while it is not completely published.</summary>
    public async Task<SnapshotManifest?> Find(PublishedRelease release, CancellationToken cancellation)
    {
        try
        {
            var answer = await container.GetBlobClient(SnapshotNames.Manifest(release)).DownloadContentAsync(cancellation);
            return answer.Value.Content.ToObjectFromJson(SnapshotJson.Default.SnapshotManifest);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    /// <summary>What is published of the releases before a release, newest first; also what was before a redaction.</summary>
    public async IAsyncEnumerable<PublishedRelease> PublishedBefore(int release, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var options = new GetBlobsOptions { Prefix = SnapshotNames.ManifestFolder, StartFrom = SnapshotNames.ManifestsFrom(release - 1) };
        await foreach (var blob in container.GetBlobsAsync(options, cancellation))
        {
            // Not every storage honours the starting point.
            if (SnapshotNames.ReadManifest(blob.Name) is { } published && published.Release < release)
            {
                yield return published;
            }
        }
    }

    /// <summary>
    /// What is known of a file that is already there, for a set that is about to name it; null where it is not. From now on it is not left
    /// over, for long enough.
    /// </summary>
    public async Task<SnapshotFile?> Claim(SnapshotFile named, CancellationToken cancellation)
    {
        var blob = container.GetBlobClient(named.Blob);
        try
        {
            BlobProperties found = await blob.GetPropertiesAsync(cancellationToken: cancellation);
            if (clock.GetUtcNow() - found.LastModified >= MarkAgain)
            {
                await blob.SetMetadataAsync(found.Metadata, cancellationToken: cancellation);
            }

            return named with
            {
                Bytes = found.ContentLength,
                Rows = long.Parse(found.Metadata["rows"], CultureInfo.InvariantCulture),
                Sha256 = found.Metadata["sha256"],
            };
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Stores a file unless it is there already; whoever comes second leaves the first one's bytes alone. True for the first.</summary>
    public Task<bool> Write(SnapshotFile file, Stream content, CancellationToken cancellation) => WriteOnce.IsFirst(() =>
        container.GetBlobClient(file.Blob).UploadAsync(
            content,
            new BlobUploadOptions
            {
                Conditions = WriteOnce.OnlyIfNew,
                HttpHeaders = new BlobHttpHeaders { ContentType = file.MediaType },
                TransferOptions = Pieces.Transfer,
                Metadata = new Dictionary<string, string>
                {
                    ["rows"] = file.Rows.ToString(CultureInfo.InvariantCulture),
                    ["sha256"] = file.Sha256,
                },
            },
            cancellation));

    /// <summary>Makes the files of a release visible.</summary>
    public Task Complete(PublishedRelease release, SnapshotManifest manifest, CancellationToken cancellation) => WriteOnce.IsFirst(() =>
        container.GetBlobClient(SnapshotNames.Manifest(release)).UploadAsync(
            BinaryData.FromObjectAsJson(manifest, SnapshotJson.Default.SnapshotManifest),
            new BlobUploadOptions { Conditions = WriteOnce.OnlyIfNew },
            cancellation));

    /// <summary>A file, to be read from any position; storage is asked for it with the first read.</summary>
    public Stream Open(SnapshotFile file) => new PublishedStream(container.GetBlobClient(file.Blob), file.Bytes);

    /// <summary>A link to a file that needs no key of ours and ends soon; whoever has it can read the file, and nothing else.</summary>
    public Task<Uri> Link(SnapshotFile file, string contentDisposition, CancellationToken cancellation) =>
        links.To(container.GetBlobClient(file.Blob), contentDisposition, cancellation);

    /// <summary>Takes a release's set away; its files go when they are left over.</summary>
    public Task Forget(PublishedRelease release, CancellationToken cancellation) => container.DeleteBlobIfExistsAsync(SnapshotNames.Manifest(release), cancellationToken: cancellation);

    /// <summary>
    /// The files that nobody has written or used for long, each as it is now. To be asked for before the sets are: what is named by none
    /// of those is left over.
    /// </summary>
    public async IAsyncEnumerable<(string Blob, ETag Version)> Unused([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var blob in container.GetBlobsAsync(cancellationToken: cancellation))
        {
            if (!blob.Name.StartsWith(SnapshotNames.ManifestFolder, StringComparison.Ordinal) && !DeltaTables.IsOurs(blob.Name) && clock.GetUtcNow() - blob.Properties.LastModified >= LeftOver)
            {
                yield return (blob.Name, blob.Properties.ETag!.Value);
            }
        }
    }

    /// <summary>Takes a file away, unless somebody has marked it as used since.</summary>
    public async Task Remove(string blob, ETag version, CancellationToken cancellation)
    {
        try
        {
            await container.DeleteBlobAsync(blob, conditions: new BlobRequestConditions { IfMatch = version }, cancellationToken: cancellation);
        }
        catch (RequestFailedException changed) when (changed.Status is 404 or 412)
        {
            // Used again, or removed by another instance.
        }
    }

    /// <summary>Takes away all files with rows as they were before a redaction of them, whoever names or reads them.</summary>
    public async Task RemoveOvertaken(Redactions redactions, CancellationToken cancellation)
    {
        await foreach (var blob in container.GetBlobsAsync(cancellationToken: cancellation))
        {
            if (SnapshotNames.IsOvertaken(blob.Name, redactions))
            {
                await container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellation);
            }
        }
    }
}
