using System.Security.Cryptography;
using Azure.Storage.Blobs.Specialized;
using ConflictData.Releases;
using ConflictData.Snapshots;
using ConflictData.Storage;

namespace ConflictData.Tests.Storage;

/// <summary>Large files go to storage in pieces, each of which has a request's time for itself, and come back whole.</summary>
public sealed class PiecesTests(AzuriteFixture azurite) : IDisposable
{
    private readonly StorageAccount account = new(new Settings { AzureWebJobsStorage = azurite.ConnectionString, StoragePrefix = azurite.NewPrefix() });
    private readonly byte[] content = RandomNumberGenerator.GetBytes((2 * Pieces.Size) + 1);
    private readonly string path = Path.GetTempFileName();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => File.Delete(path);

    [Fact]
    public async Task A_file_of_a_snapshot_goes_in_pieces()
    {
        await account.Container("snapshots").CreateAsync(cancellationToken: Cancellation);
        var store = new SnapshotStore(account, TimeProvider.System);
        var file = new SnapshotFile("casualties.csv", "Casualties", "1/casualties.csv", "text/csv", content.Length, 1, Hash);

        Assert.True(await store.Write(file, new MemoryStream(content), Cancellation));
        Assert.False(await store.Write(file, new MemoryStream(content), Cancellation));
        await Check("snapshots", file.Blob);
    }

    [Fact]
    public async Task A_file_of_a_checkpoint_goes_in_pieces()
    {
        await account.Container("checkpoints").CreateAsync(cancellationToken: Cancellation);
        var store = new CheckpointStore(account);
        var file = new CheckpointFile("Casualties", "1/casualties.parquet", 1, content.Length, Hash);
        await File.WriteAllBytesAsync(path, content, Cancellation);

        await store.Upload(file, path, Cancellation);
        await Check("checkpoints", file.Blob);
        await store.Download(file, path, Cancellation);
    }

    private string Hash => Convert.ToHexStringLower(SHA256.HashData(content));

    private async Task Check(string container, string name)
    {
        var blob = account.Container(container).GetBlockBlobClient(name);
        var pieces = (await blob.GetBlockListAsync(cancellationToken: Cancellation)).Value.CommittedBlocks.Select(block => block.SizeLong).ToList();
        Assert.Equal([Pieces.Size, Pieces.Size, 1], pieces);
        Assert.Equal(content, (await blob.DownloadContentAsync(Cancellation)).Value.Content.ToArray());
    }
}
