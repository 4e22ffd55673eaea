using System.Net;
using System.Text;
using System.Text.Json;
using Azure.Storage.Blobs;

namespace ConflictFunctions.Tests.Running;

/// <summary>A text is taken out of the past of the running app, and no call of its own is needed to have it removed from storage.</summary>
public sealed class RedactionTests(RunningApp app)
{
    private const string Secret = "a neighbour of 12 Mill Lane";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_app_has_redacted_it_shows_no_more_and_removes_at_once()
    {
        const string id = "diary";
        await Send("submissions/Sources", Source($"By {Secret}"));
        var before = await app.Anonymous.GetStringAsync($"releases/latest/odata/Sources('{id}')", Cancellation);
        Assert.Contains(Secret, before);
        var release = JsonDocument.Parse(await Send("submissions/Sources", Source(""))).RootElement.GetProperty("release").GetInt32();

        using var refused = await app.Anonymous.PostAsync(Address(id), Body("""{"columns":["Citation"],"message":"Erased"}""", "application/json"), Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        using var answer = await app.Admin.PostAsync(Address(id), Body("""{"columns":["Citation"],"message":"Erased"}""", "application/json"), Cancellation);
        var redaction = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation)).RootElement;
        Assert.Equal((HttpStatusCode.Created, release + 1), (answer.StatusCode, redaction.GetProperty("release").GetInt32()));
        Assert.EndsWith($"/api/{Address(id)}", answer.Headers.Location!.AbsoluteUri);
        foreach (var address in new[] { $"releases/{release - 1}/odata/Sources('{id}')", $"datasets/Sources/records/{id}/history", $"releases/{release - 1}/diff/latest", $"snapshots/{release - 1}/sources.csv" })
        {
            Assert.DoesNotContain(Secret, await app.Anonymous.GetStringAsync(address, Cancellation));
        }

        await app.Line($"Removed the copies of what release {release + 1} redacted");
        var list = JsonDocument.Parse(await app.Anonymous.GetStringAsync(Address(id), Cancellation)).RootElement.GetProperty("redactions");
        Assert.Equal("removing", list[0].GetProperty("state").GetString());
        await foreach (var container in new BlobServiceClient(app.Storage).GetBlobContainersAsync(cancellationToken: Cancellation))
        {
            var client = new BlobServiceClient(app.Storage).GetBlobContainerClient(container.Name);
            await foreach (var blob in client.GetBlobsAsync(cancellationToken: Cancellation))
            {
                Assert.DoesNotContain(Secret, (await client.GetBlobClient(blob.Name).DownloadContentAsync(Cancellation)).Value.Content.ToString());
            }
        }
    }

    private static string Address(string id) => $"datasets/Sources/records/{id}/redactions";

    private static string Source(string citation) => $"Id,Title,Kind,Citation\ndiary,Diary,web,{citation}\n";

    private static StringContent Body(string text, string type) => new(text, Encoding.UTF8, type);

    private async Task<string> Send(string address, string rows)
    {
        using var answer = await app.Admin.PostAsync(address, Body(rows, "text/csv"), Cancellation);
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, text);
        return text;
    }
}
