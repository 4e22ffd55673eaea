using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using ConflictData.Storage;

namespace ConflictData.Tests.Storage;

/// <summary>Of two that write a blob the first one's stands, and only a blob that is there makes a second one.</summary>
public sealed class WriteOnceTests(AzuriteFixture azurite)
{
    private static readonly BlobUploadOptions UploadOnce = new() { Conditions = WriteOnce.OnlyIfNew };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_second_upload_leaves_the_first_one_alone(bool isLeased)
    {
        var blob = await NewBlob();
        Assert.True(await WriteOnce.IsFirst(() => blob.UploadAsync(BinaryData.FromString("first").ToStream(), UploadOnce, Cancellation)));
        if (isLeased)
        {
            await blob.GetBlobLeaseClient().AcquireAsync(TimeSpan.FromSeconds(15), cancellationToken: Cancellation);
        }

        Assert.False(await WriteOnce.IsFirst(() => blob.UploadAsync(BinaryData.FromString("second").ToStream(), UploadOnce, Cancellation)));
        Assert.Equal("first", (await blob.DownloadContentAsync(Cancellation)).Value.Content.ToString());
    }

    [Fact]
    public async Task An_upload_in_blocks_that_another_one_overtakes_is_the_second()
    {
        var blob = await NewBlob();
        await Stage(blob, "first");
        await Stage(blob, "other");
        Assert.True(await WriteOnce.IsFirst(() => Commit(blob, "first")));

        Assert.False(await WriteOnce.IsFirst(() => Commit(blob, "other")));
        Assert.Equal("first", (await blob.DownloadContentAsync(Cancellation)).Value.Content.ToString());
    }

    [Theory]
    [InlineData(409, "ContainerBeingDeleted")]
    [InlineData(409, "MemoryExtentStoreAtSizeLimit")]
    [InlineData(412, "SourceConditionNotMet")]
    [InlineData(409, null)]
    public async Task A_storage_that_refuses_for_another_reason_has_not_got_the_blob(int status, string? code)
    {
        Task Refused() => throw new RequestFailedException(status, "Refused.", code, null);

        Assert.Equal(status, (await Assert.ThrowsAsync<RequestFailedException>(() => WriteOnce.IsFirst(Refused))).Status);
    }

    private static Task Stage(BlockBlobClient blob, string text) => blob.StageBlockAsync(BlockOf(text), BinaryData.FromString(text).ToStream(), cancellationToken: Cancellation);

    private static Task Commit(BlockBlobClient blob, string text) =>
        blob.CommitBlockListAsync([BlockOf(text)], new CommitBlockListOptions { Conditions = WriteOnce.OnlyIfNew }, Cancellation);

    private static string BlockOf(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private async Task<BlockBlobClient> NewBlob()
    {
        var container = new BlobContainerClient(azurite.ConnectionString, azurite.NewPrefix());
        await container.CreateAsync(cancellationToken: Cancellation);
        return container.GetBlockBlobClient("once");
    }
}
