using System.Globalization;
using System.Text.Json;
using ConflictData.Storage;
using ConflictFunctions.Tests.Running;
using ConflictFunctions.Timers;
using Microsoft.Extensions.Time.Testing;

namespace ConflictFunctions.Tests.Infra;

/// <summary>
/// How often storage is called for what the app does: what a refresh and a submission cost there. The page says these numbers and the
/// costs that follow from them; whoever makes a call more changes both.
/// </summary>
public sealed class StorageCallTests(RunningApp app)
{
    /// <summary>What nothing here can count: an estimate.</summary>
    private const string NotOurs = "the Functions host, for each run of a timer";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Storage_is_called_as_often_as_the_page_says()
    {
        var page = InfraPage.Table("README.md", "### Calls of storage").Where(cells => cells[0] != NotOurs).Select(cells => $"| {string.Join(" | ", cells)} |");
        var measured = (await Measure()).Select(row => $"| {row.What} | {row.Calls.Tables} | {row.Calls.BlobWrites} | {row.Calls.BlobReads} |").ToList();

        Assert.True(page.SequenceEqual(measured), $"The page must say:\n{string.Join('\n', measured)}");
    }

    private async Task<List<(string What, StorageCount Calls)>> Measure()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var prefix = $"c{Guid.NewGuid():N}"[..10];
        var found = new List<(string What, StorageCount Calls)>();
        var one = new CountedApp(app.Storage, prefix, clock, new() { ["CheckpointReleases"] = "3" });
        await using var ends = one;
        await one.Start(Cancellation);

        async Task Note(string what, Func<Task> work)
        {
            var before = one.Calls;
            await work();
            found.Add((what, one.Calls - before));
            clock.Advance(TimeSpan.FromMinutes(2));
        }

        await Note("a submission of 1 row", () => one.Submit("Actors", Rows(0, 1)));
        await Note("a submission of 1,000 rows", () => one.Submit("Actors", Rows(1, 1000)));
        await Note("a submission of 10,000 rows", () => one.Submit("Actors", Rows(1001, 10_000)));
        await Note("the same submission again", () => one.Submit("Actors", Rows(1, 1000)));
        var key = JsonDocument.Parse(await one.MakeKey()).RootElement.GetProperty("key").GetString()!;
        await one.Page(key, "Actors?$top=1");
        clock.Advance(TimeSpan.FromMinutes(2));
        await Note("a page, the first after two seconds, with a key not seen for half a minute", () => one.Page(key, "Actors?$top=1"));
        await one.Page(key, "Actors?$top=1");
        await Note("a page within them", () => one.Page(key, "Actors?$top=2"));
        await Note("publishing a release", () => one.Fire<PublishSnapshots>(timer => timer.Run(null!, Cancellation)));
        await Note("a round of PublishSnapshots with nothing to do", () => one.Fire<PublishSnapshots>(timer => timer.Run(null!, Cancellation)));
        await Note("a round of IngestInbox with nothing to do", () => one.Fire<IngestInbox>(timer => timer.Run(null!, Cancellation)));
        await Note("a round of ResumeSubmissions with nothing to do", () => one.Fire<ResumeSubmissions>(timer => timer.Run(null!, Cancellation)));
        await Note("a round of SendNotices with nothing to do", () => one.Fire<SendNotices>(timer => timer.Run(null!, Cancellation)));
        await Note("a round of Housekeeping that makes a checkpoint", () => one.Fire<Housekeeping>(timer => timer.Run(null!, Cancellation)));
        await Note("a round of Housekeeping with nothing to do", () => one.Fire<Housekeeping>(timer => timer.Run(null!, Cancellation)));
        await one.Get<StorageAccount>().Container("inbox").GetBlobClient("Actors/more.csv").UploadAsync(BinaryData.FromString(Rows(20_000, 1000)), Cancellation);
        await Note("a file of 1,000 rows in the inbox", () => one.Fire<IngestInbox>(timer => timer.Run(null!, Cancellation)));
        var two = new CountedApp(app.Storage, prefix, clock);
        await using var endsToo = two;
        await two.Start(Cancellation);
        found.Add(("the start of an instance, one release after a checkpoint", two.Calls));
        return found;
    }

    private static string Rows(int first, int count) =>
        "Id,Name,Kind\n" + string.Concat(Enumerable.Range(first, count).Select(n => string.Create(CultureInfo.InvariantCulture, $"a{n},Actor {n},person\n")));
}
