using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Azure.Storage.Blobs;
using ConflictData;
using ConflictData.Releases;
using ConflictData.Storage;
using ConflictFunctions.Tests.Running;

namespace ConflictFunctions.Tests.Faults;

/// <summary>A host whose temporary folder is gone for a while: what is worked on there fails, is not lost, and is done when the folder is back.</summary>
public sealed class LocalDiskTests(RunningApp app)
{
    private const string Prefix = "LocalDisk";
    private const int Rows = 5_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_the_local_disk_fails_submissions_and_files_wait_and_then_each_becomes_a_release()
    {
        var folder = Directory.CreateTempSubdirectory("disk-").FullName;
        await using var instance = await AppInstance.Start(app.Storage, Prefix, new() { ["TMPDIR"] = folder, ["TMP"] = folder });
        await Drop("Actors/file.csv", Csv("f"));

        Directory.Move(folder, folder + "-away");
        using (var refused = await Send(instance))
        {
            var problem = JsonDocument.Parse(await refused.Content.ReadAsStringAsync(Cancellation)).RootElement;
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "busy"), (refused.StatusCode, problem.GetProperty("code").GetString()));
            Assert.Contains("local disk", problem.GetProperty("detail").GetString());
            Assert.DoesNotContain(folder, problem.ToString());
            Assert.Equal(TimeSpan.FromSeconds(30), refused.Headers.RetryAfter?.Delta);
        }

        await Fire(instance);
        await instance.Process.Line("could not be loaded; it is tried again");
        Assert.Null(await Store.Head(Cancellation));

        Directory.Move(folder + "-away", folder);
        using (var taken = await Send(instance))
        {
            Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
        }

        await Fire(instance);
        await instance.Process.Line("Actors/file.csv of the inbox is done");
        var commits = await Store.CommitsAfter(0, Cancellation).ToListAsync(Cancellation);
        Assert.Equal([Rows, Rows], commits.Select(commit => commit.Datasets.Single().Rows));
        Assert.Equal(["inbox"], commits.Select(commit => commit.Owner).Where(owner => owner == "inbox"));
    }

    private Settings Settings => new() { AzureWebJobsStorage = app.Storage, StoragePrefix = Prefix };

    private TableReleaseStore Store => new(new StorageAccount(Settings), TimeProvider.System);

    private static string Csv(string prefix) => "Id,Name,Kind\n" + string.Concat(Enumerable.Range(1, Rows).Select(
        n => string.Create(CultureInfo.InvariantCulture, $"{prefix}{n},{new string('n', 100)} {n},person\n")));

    private static Task<HttpResponseMessage> Send(AppInstance instance)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Csv("s")));
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        var request = new HttpRequestMessage(HttpMethod.Post, "submissions/Actors") { Content = content };
        request.Headers.Add("Idempotency-Key", "the same");
        return instance.Client.SendAsync(request, Cancellation);
    }

    private static async Task Fire(AppInstance instance)
    {
        using var fired = await instance.Client.PostAsync("/admin/functions/IngestInbox", null, Cancellation);
        Assert.Equal(HttpStatusCode.Accepted, fired.StatusCode);
    }

    private async Task Drop(string name, string text)
    {
        var inbox = new BlobServiceClient(app.Storage).GetBlobContainerClient(new StorageAccount(Settings).Container("inbox").Name);
        await inbox.GetBlobClient(name).UploadAsync(BinaryData.FromString(text), Cancellation);
    }
}
