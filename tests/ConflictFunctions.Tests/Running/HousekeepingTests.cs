using System.Net;

namespace ConflictFunctions.Tests.Running;

/// <summary>Housekeeping of the running app, and an instance that starts from what it made.</summary>
public sealed class HousekeepingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_timer_makes_a_checkpoint_and_another_instance_starts_from_it()
    {
        await using var app = new RunningApp { Settings = { ["CheckpointReleases"] = "1" } };
        await app.InitializeAsync();
        using var fired = await app.Anonymous.PostAsync($"{app.Root}/admin/functions/Housekeeping", null, Cancellation);
        Assert.Equal(HttpStatusCode.Accepted, fired.StatusCode);
        await app.Line("The newest release is 1, 0 hours old.");
        await app.Line("Wrote the checkpoint of release 1.");

        var another = Hosting.AppProcess.Start(new() { ["AzureWebJobsStorage"] = app.Storage, ["Host__LocalHttpPort"] = "0", ["AnonymousRead"] = "true" });
        await using var ends = another;
        var address = await another.Address();
        await another.Line("Loaded the checkpoint of release 1;");
        await another.Line("Ready at release 1.");
        using var client = new HttpClient();
        Assert.Equal(
            await app.Anonymous.GetStringAsync("releases/1/odata/Places?$select=Id,Name&$format=csv", Cancellation),
            await client.GetStringAsync(new Uri(address, "/api/releases/1/odata/Places?$select=Id,Name&$format=csv"), Cancellation));
    }
}
