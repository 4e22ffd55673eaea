using System.Globalization;
using System.Net;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using ConflictData;
using ConflictData.Releases;
using ConflictData.Storage;
using ConflictData.Submissions;
using ConflictFunctions.Tests.Hosting;
using LocalFunctionsHost.Storage;

namespace ConflictFunctions.Tests.Running;

/// <summary>Files of the inbox, loaded by the timer of running apps that end in the middle.</summary>
public sealed class InboxTests
{
    private const int Rows = 20_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_apps_are_killed_in_the_middle_of_a_file_and_two_others_finish_it_once()
    {
        var folder = Directory.CreateTempSubdirectory("inbox-");
        await using var azurite = await AzuriteProcess.Start(new(folder.FullName), Cancellation);
        var settings = new Settings { AzureWebJobsStorage = azurite.ConnectionString };
        var account = new StorageAccount(settings);
        await account.EnsureCreated(Cancellation);
        var csv = "Id,Name,Kind\n" + string.Concat(Enumerable.Range(1, Rows).Select(n => string.Create(CultureInfo.InvariantCulture, $"a{n},A{n},person\n")));
        var blobs = StorageClients.Blobs(settings);
        await blobs.GetBlobContainerClient("inbox").GetBlobClient("Actors/a.csv").UploadAsync(BinaryData.FromString(csv), Cancellation);

        var store = new TableReleaseStore(account, TimeProvider.System);
        await using (var one = await Ready(azurite))
        await using (var two = await Ready(azurite))
        {
            while (!await HasWritten(settings))
            {
                await Task.WhenAll(Fire(one), Fire(two));
            }

            one.App.Kill();
            two.App.Kill();
        }

        Assert.Null(await store.Head(Cancellation));
        await LetAMinutePass(settings);
        await using var three = await Ready(azurite);
        await using var four = await Ready(azurite);
        await Task.WhenAll(Fire(three), Fire(four));
        await await Task.WhenAny(three.App.Line("of the inbox is done"), four.App.Line("of the inbox is done"));

        Assert.Equal((1, "inbox", Rows), (await store.Head(Cancellation)) is { } head ? (head.Release, head.Owner, head.Datasets.Single().Rows) : default);
        Assert.Empty(await Names(blobs, "inbox"));
        Assert.Empty(await Names(blobs, "rejected"));
        Assert.Equal(2, (await Names(blobs, "archive")).Count);
    }

    private static async Task<Running> Ready(AzuriteProcess azurite)
    {
        var app = AppProcess.Start(new() { ["AzureWebJobsStorage"] = azurite.ConnectionString, ["Host__LocalHttpPort"] = "0" });
        var root = (await app.Address()).GetLeftPart(UriPartial.Authority);
        await app.Line("Ready at release ");
        return new Running(app, new HttpClient { BaseAddress = new Uri(root) });
    }

    private static async Task Fire(Running app)
    {
        using var fired = await app.Client.PostAsync("/admin/functions/IngestInbox", null, Cancellation);
        Assert.Equal(HttpStatusCode.Accepted, fired.StatusCode);
    }

    private static async Task<bool> HasWritten(Settings settings) =>
        await StorageClients.Tables(settings).GetTableClient("Revisions").QueryAsync<TableEntity>(maxPerPage: 1, cancellationToken: Cancellation).AnyAsync(Cancellation);

    /// <summary>Nobody was heard of for longer than a submission is left alone.</summary>
    private static async Task LetAMinutePass(Settings settings)
    {
        var table = StorageClients.Tables(settings).GetTableClient("Submissions");
        var state = await table.QueryAsync<TableEntity>(row => row.RowKey == "state", cancellationToken: Cancellation).SingleAsync(Cancellation);
        state["HeardAt"] = state.GetDateTimeOffset("HeardAt") - TimeSpan.FromSeconds(settings.TakeOverSeconds);
        await table.UpdateEntityAsync(state, state.ETag, TableUpdateMode.Replace, Cancellation);
    }

    private static async Task<List<string>> Names(BlobServiceClient blobs, string container) =>
        await blobs.GetBlobContainerClient(container).GetBlobsAsync(cancellationToken: Cancellation).Select(blob => blob.Name).ToListAsync(Cancellation);

    private sealed record Running(AppProcess App, HttpClient Client) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await App.DisposeAsync();
        }
    }
}
