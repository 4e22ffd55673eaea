using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Azure.Storage.Blobs;
using ConflictData.Storage;

namespace ConflictData.Tests.Submissions;

/// <summary>The containers of the inbox as their users see them.</summary>
internal sealed class InboxStore(string connectionString, string prefix)
{
    private readonly BlobServiceClient blobs = StorageClients.Blobs(new Settings { AzureWebJobsStorage = connectionString });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public BlobContainerClient Container(string name) => blobs.GetBlobContainerClient(prefix.ToLowerInvariant() + name);

    public BlobClient File(string name) => Container("inbox").GetBlobClient(name);

    public Task Drop(string name, string text) => Drop(name, Encoding.UTF8.GetBytes(text));

    public Task Drop(string name, byte[] bytes) => File(name).UploadAsync(BinaryData.FromBytes(bytes), overwrite: true, Cancellation);

    public async Task<List<string>> Names(string container) =>
        await Container(container).GetBlobsAsync(cancellationToken: Cancellation).Select(blob => blob.Name).ToListAsync(Cancellation);

    /// <summary>The one report or list of errors in a container whose name has some words.</summary>
    public async Task<JsonElement> Report(string container, string words)
    {
        var name = Assert.Single(await Names(container), name => name.Contains(words, StringComparison.Ordinal) && name.EndsWith(".json", StringComparison.Ordinal));
        return JsonElement.Parse((await Container(container).GetBlobClient(name).DownloadContentAsync(Cancellation)).Value.Content);
    }

    public static byte[] Gzipped(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    public static byte[] Zipped(params (string Name, string Text)[] entries)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create))
        {
            foreach (var (name, text) in entries)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return packed.ToArray();
    }
}
