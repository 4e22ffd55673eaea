using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ConflictData.Storage;

namespace ConflictData.Snapshots;

/// <summary>
/// Published files in Blob storage. A file is written once and a manifest last, so that a reader never sees half a set.
/// Manifests are named in descending order of release, so that the newest is the first one listed.
/// </summary>
public sealed class SnapshotStore
{
    private const string ManifestFolder = "manifests/";
    private static readonly BlobRequestConditions OnlyIfNew = new() { IfNoneMatch = ETag.All };
    private readonly BlobContainerClient container;

    public SnapshotStore(StorageAccount account) => container = account.Container("snapshots");

    /// <summary>The manifest of a release; null while it is not completely published.</summary>
    public async Task<SnapshotManifest?> Find(int release, CancellationToken cancellation)
    {
        try
        {
            var answer = await container.GetBlobClient(ManifestName(release)).DownloadContentAsync(cancellation);
            return answer.Value.Content.ToObjectFromJson(SnapshotJson.Default.SnapshotManifest);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    /// <summary>The numbers of the published releases before a release, newest first.</summary>
    public async IAsyncEnumerable<int> PublishedBefore(int release, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var options = new GetBlobsOptions { Prefix = ManifestFolder, StartFrom = ManifestName(release - 1) };
        await foreach (var blob in container.GetBlobsAsync(options, cancellation))
        {
            var number = ReleaseOf(blob.Name);
            // Not every storage honours the starting point.
            if (number < release)
            {
                yield return number;
            }
        }
    }

    /// <summary>What is known of a file that is already there; null where it is not.</summary>
    public async Task<SnapshotFile?> FindFile(SnapshotFile named, CancellationToken cancellation)
    {
        try
        {
            BlobProperties found = await container.GetBlobClient(named.Blob).GetPropertiesAsync(cancellationToken: cancellation);
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

    /// <summary>Stores a file unless it is there already; whoever comes second leaves the first one's bytes alone.</summary>
    public Task Write(SnapshotFile file, Stream content, CancellationToken cancellation) => Once(() =>
        container.GetBlobClient(file.Blob).UploadAsync(
            content,
            new BlobUploadOptions
            {
                Conditions = OnlyIfNew,
                HttpHeaders = new BlobHttpHeaders { ContentType = file.MediaType },
                Metadata = new Dictionary<string, string>
                {
                    ["rows"] = file.Rows.ToString(CultureInfo.InvariantCulture),
                    ["sha256"] = file.Sha256,
                },
            },
            cancellation));

    /// <summary>Makes a release's set visible.</summary>
    public Task Complete(SnapshotManifest manifest, CancellationToken cancellation) => Once(() =>
        container.GetBlobClient(ManifestName(manifest.Release)).UploadAsync(
            BinaryData.FromObjectAsJson(manifest, SnapshotJson.Default.SnapshotManifest),
            new BlobUploadOptions { Conditions = OnlyIfNew },
            cancellation));

    /// <summary>A file, to be read from any position; storage is asked for it with the first read.</summary>
    public Stream Open(SnapshotFile file) => new PublishedStream(container.GetBlobClient(file.Blob), file.Bytes);

    private static async Task Once(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (RequestFailedException exists) when (exists.Status is 409 or 412)
        {
            // Somebody else published the same thing at the same time; a release gives the same bytes everywhere.
        }
    }

    private static string ManifestName(int release) => $"{ManifestFolder}{int.MaxValue - release:D10}.json";

    private static int ReleaseOf(string blob) =>
        int.MaxValue - int.Parse(blob.AsSpan(ManifestFolder.Length, 10), CultureInfo.InvariantCulture);
}
