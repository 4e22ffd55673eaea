using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ConflictData.Storage;

namespace ConflictData.Releases;

/// <summary>A manifest as it is listed.</summary>
/// <param name="Blob">Its name.</param>
/// <param name="Schema">The schema that it is of.</param>
/// <param name="Release">The release that it is of.</param>
/// <param name="WrittenAt">When it was written.</param>
public sealed record CheckpointEntry(string Blob, string Schema, int Release, DateTimeOffset WrittenAt);

/// <summary>
/// Checkpoints in Blob storage. Each attempt writes its files into a folder of its own and a manifest last, insert-only: whoever
/// comes second to a release has files that nothing names. Manifests stand by schema and in descending order of release.
/// </summary>
public sealed class CheckpointStore(StorageAccount account)
{
    private const string ManifestFolder = "manifests/", FileFolder = "files/";

    private readonly BlobContainerClient container = account.Container("checkpoints");

    /// <summary>Where an attempt at a release puts its files.</summary>
    public static string NewFolder(int release) => $"{FileFolder}{release:D10}-{Guid.NewGuid():N}/";

    /// <summary>The checkpoints of this version's schema, newest first.</summary>
    public IAsyncEnumerable<CheckpointEntry> Newest(CancellationToken cancellation) =>
        List($"{ManifestFolder}{CheckpointManifest.CurrentSchema}/", cancellation);

    /// <summary>The checkpoints of all schemas; those of one stand together, newest first.</summary>
    public IAsyncEnumerable<CheckpointEntry> All(CancellationToken cancellation) => List(ManifestFolder, cancellation);

    /// <exception cref="InvalidDataException">It is gone, or is no manifest.</exception>
    public async Task<CheckpointManifest> Read(CheckpointEntry entry, CancellationToken cancellation)
    {
        try
        {
            var answer = await container.GetBlobClient(entry.Blob).DownloadContentAsync(cancellation);
            return answer.Value.Content.ToObjectFromJson(CheckpointJson.Default.CheckpointManifest)
                ?? throw new InvalidDataException($"{entry.Blob} is empty.");
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{entry.Blob} cannot be read: {broken.Message}", broken);
        }
        catch (RequestFailedException refused) when (IsRefused(refused))
        {
            throw new InvalidDataException($"{entry.Blob} cannot be had: {refused.ErrorCode}.", refused);
        }
    }

    /// <summary>Stores a file under a name that nobody else uses.</summary>
    public async Task Upload(CheckpointFile file, string path, CancellationToken cancellation) =>
        await container.GetBlobClient(file.Blob).UploadAsync(path, new BlobUploadOptions { TransferOptions = Pieces.Transfer }, cancellation);

    /// <summary>Fetches a file and makes sure that it is the one that the manifest means.</summary>
    /// <exception cref="InvalidDataException">It is missing, or has other bytes.</exception>
    public async Task Download(CheckpointFile file, string path, CancellationToken cancellation)
    {
        try
        {
            using var answer = await container.GetBlobClient(file.Blob).DownloadToAsync(path, cancellation);
        }
        catch (RequestFailedException refused) when (IsRefused(refused))
        {
            throw new InvalidDataException($"{file.Blob} cannot be had: {refused.ErrorCode}.", refused);
        }

        await using var content = File.OpenRead(path);
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellation));
        if (content.Length != file.Bytes || hash != file.Sha256)
        {
            throw new InvalidDataException($"{file.Blob} has {content.Length} bytes with the hash {hash}; the manifest says {file.Bytes} with {file.Sha256}.");
        }
    }

    /// <summary>Makes a checkpoint visible; false where another one of the release is there already.</summary>
    public async Task<bool> TryComplete(CheckpointManifest manifest, CancellationToken cancellation)
    {
        var blob = container.GetBlobClient($"{ManifestFolder}{manifest.Schema}/{int.MaxValue - manifest.Release:D10}.json");
        var content = BinaryData.FromObjectAsJson(manifest, CheckpointJson.Default.CheckpointManifest);
        if (await WriteOnce.IsFirst(() => blob.UploadAsync(content, new BlobUploadOptions { Conditions = WriteOnce.OnlyIfNew }, cancellation)))
        {
            return true;
        }

        // It may be our own, the answer to which was lost.
        var there = await blob.DownloadContentAsync(cancellation);
        return there.Value.Content.ToMemory().Span.SequenceEqual(content.ToMemory().Span);
    }

    /// <summary>Takes a checkpoint away. Its files stay until they are <see cref="Files"/> that nothing names.</summary>
    public Task Delete(CheckpointEntry entry, CancellationToken cancellation) => Delete(entry.Blob, cancellation);

    /// <summary>Takes a file away.</summary>
    public async Task Delete(string blob, CancellationToken cancellation) =>
        await container.GetBlobClient(blob).DeleteIfExistsAsync(cancellationToken: cancellation);

    /// <summary>The names of all files that were written before a time, or are of a release before one.</summary>
    public IAsyncEnumerable<string> Files(DateTimeOffset before, int release, CancellationToken cancellation) => container
        .GetBlobsAsync(new GetBlobsOptions { Prefix = FileFolder }, cancellation)
        .Where(blob => blob.Properties.LastModified < before || string.CompareOrdinal(blob.Name, $"{FileFolder}{release:D10}") < 0)
        .Select(blob => blob.Name);

    /// <summary>True where asking again would not help: it is missing, say, or archived.</summary>
    private static bool IsRefused(RequestFailedException failure) => failure.Status is >= 400 and < 500 and not (408 or 429);

    private IAsyncEnumerable<CheckpointEntry> List(string prefix, CancellationToken cancellation) =>
        container.GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }, cancellation).Select(EntryOf).OfType<CheckpointEntry>();

    private static CheckpointEntry? EntryOf(BlobItem blob) =>
        blob.Name.Split('/') is [_, var schema, { Length: 15 } file]
        && int.TryParse(file.AsSpan(0, 10), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new(blob.Name, schema, int.MaxValue - number, blob.Properties.LastModified ?? DateTimeOffset.MaxValue)
            : null;
}
