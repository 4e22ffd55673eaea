using Azure.Data.Tables;
using Azure.Storage.Blobs;

namespace ConflictData.Tests;

public sealed class AzuriteFixtureTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Tables_and_blobs_can_be_made()
    {
        var (prefix, cancellation) = (azurite.NewPrefix(), TestContext.Current.CancellationToken);

        var table = await new TableServiceClient(azurite.ConnectionString).CreateTableAsync($"{prefix}Commits", cancellation);
        var container = await new BlobServiceClient(azurite.ConnectionString).CreateBlobContainerAsync($"{prefix}inbox", cancellationToken: cancellation);

        Assert.Equal((201, 201), (table.GetRawResponse().Status, container.GetRawResponse().Status));
    }
}
