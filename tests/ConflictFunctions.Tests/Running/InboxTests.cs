using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using ConflictData;
using ConflictData.Releases;
using ConflictData.Storage;
using ConflictData.Submissions;
using ConflictFunctions.Tests.Hosting;
using LocalFunctionsHost.Storage;

namespace ConflictFunctions.Tests.Running;

/// <summary>Files of the inbox, loaded by the timer of running apps that end in the middle.</summary>
public sealed class InboxTests(RunningApp app)
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

            await ShowsWhatIsLoaded(one);
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

    [Fact]
    public async Task A_file_that_is_being_written_is_listed_as_growing_with_nothing_known_of_it()
    {
        var blob = new BlobServiceClient(app.Storage).GetBlobContainerClient("inbox").GetBlobClient("Actors/grows & more.csv");
        await blob.UploadAsync(BinaryData.FromString("Id,"), Cancellation);
        var lease = blob.GetBlobLeaseClient();
        await lease.AcquireAsync(BlobLeaseClient.InfiniteLeaseDuration, cancellationToken: Cancellation);

        var list = await app.Admin.GetFromJsonAsync<JsonElement>("inbox", Cancellation);
        var file = list.GetProperty("files").EnumerateArray().Single(listed => listed.GetProperty("name").GetString() == blob.Name);
        Assert.Equal(("growing", 3), (file.GetProperty("state").GetString(), file.GetProperty("bytes").GetInt32()));
        Assert.Equal(JsonValueKind.Null, file.GetProperty("submission").ValueKind);
        Assert.Equal(JsonValueKind.Null, list.GetProperty("next").ValueKind);

        await lease.BreakAsync(TimeSpan.Zero, cancellationToken: Cancellation);
        await blob.DeleteAsync(cancellationToken: Cancellation);
    }

    [Fact]
    public async Task More_files_than_fit_are_on_the_pages_that_follow()
    {
        var inbox = new BlobServiceClient(app.Storage).GetBlobContainerClient("inbox");
        var names = Enumerable.Range(0, 60).Select(n => string.Create(CultureInfo.InvariantCulture, $"Zones/many{n:D2}.csv")).ToList();
        foreach (var name in names)
        {
            await inbox.GetBlobClient(name).UploadAsync(BinaryData.FromString("x"), Cancellation);
            await inbox.GetBlobClient(name).GetBlobLeaseClient().AcquireAsync(BlobLeaseClient.InfiniteLeaseDuration, cancellationToken: Cancellation);
        }

        var listed = new List<string>();
        for (var address = new Uri(app.Admin.BaseAddress!, "inbox"); address is not null;)
        {
            var page = await app.Admin.GetFromJsonAsync<JsonElement>(address, Cancellation);
            listed.AddRange(page.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("name").GetString()!));
            address = page.GetProperty("next").GetString() is { } next ? new Uri(next) : null;
        }

        Assert.Equal(names, listed.Where(name => name.StartsWith("Zones/many", StringComparison.Ordinal)));
        foreach (var name in names)
        {
            await inbox.GetBlobClient(name).GetBlobLeaseClient().BreakAsync(TimeSpan.Zero, cancellationToken: Cancellation);
            await inbox.GetBlobClient(name).DeleteAsync(cancellationToken: Cancellation);
        }
    }

    [Theory]
    [InlineData("inbox?since=1")]
    [InlineData("inbox?after=%00")]
    public async Task What_the_list_does_not_know_is_refused(string address)
    {
        using var answer = await app.Admin.GetAsync(address, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static async Task ShowsWhatIsLoaded(Running running)
    {
        using var admin = new HttpClient(new SecretWatch()) { BaseAddress = new(running.Client.BaseAddress!, "/api/") };
        admin.DefaultRequestHeaders.Add("x-api-key", await File.ReadAllTextAsync(Path.Combine(running.App.Folder, "admin-key"), Cancellation));
        var file = Assert.Single((await admin.GetFromJsonAsync<JsonElement>("inbox", Cancellation)).GetProperty("files").EnumerateArray());
        Assert.Equal(("Actors/a.csv", "loading"), (file.GetProperty("name").GetString(), file.GetProperty("state").GetString()));
        Assert.True(file.GetProperty("rows").TryGetProperty("written", out _));
        var submission = await admin.GetFromJsonAsync<JsonElement>(file.GetProperty("url").GetString(), Cancellation);
        Assert.Equal(("writing", file.GetProperty("submission").GetString()), (submission.GetProperty("state").GetString(), submission.GetProperty("id").GetString()));
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
