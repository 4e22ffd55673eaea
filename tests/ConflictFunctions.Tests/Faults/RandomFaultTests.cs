using System.Diagnostics;
using System.Net.Http.Json;
using ConflictFunctions.Tests.Running;
using ConflictFunctions.Tests.Running.Access;

namespace ConflictFunctions.Tests.Faults;

/// <summary>
/// Four writers on two instances whose ways to storage are full of faults, and which die again and again in the middle of something.
/// A long run is set by FAULT_SUBMISSIONS, another one by FAULT_SEED.
/// </summary>
public sealed class RandomFaultTests(RunningApp app)
{
    private static readonly string[] Datasets = ["Actors", "Actors", "Sources", "Sources"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_lost_and_nothing_doubled()
    {
        var seed = int.Parse(Environment.GetEnvironmentVariable("FAULT_SEED") ?? "7");
        var submissions = int.Parse(Environment.GetEnvironmentVariable("FAULT_SUBMISSIONS") ?? "48");
        var (prefix, settings, started) = ($"Random{seed}", new Dictionary<string, string> { ["TakeOverSeconds"] = "1", ["FreshForSeconds"] = "0.1" }, Stopwatch.GetTimestamp());
        await using var sound = await AppInstance.Start(app.Storage, prefix, settings);
        await using var one = await MortalInstance.Start(app.Storage, prefix, seed, settings);
        await using var two = await MortalInstance.Start(app.Storage, prefix, seed + 1, settings);
        var writers = await Writers(sound, seed, one, two);
        await Task.WhenAll(writers.Select(writer => writer.Work(submissions / writers.Count)));

        AppInstance[] instances = [sound, await one.Rescue(), await two.Rescue()];
        var acknowledged = writers.SelectMany(writer => writer.Acknowledged).ToList();
        var ledger = await Ledger.Read(app.Storage, prefix);
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{acknowledged.Count} submissions by {writers.Count} writers, {one.Deaths + two.Deaths} kills of 2 instances, {one.Harmed + two.Harmed} faults: "
            + $"{ledger.Releases} releases, {ledger.Lost(acknowledged)} lost, {ledger.Doubled(acknowledged)} doubled; seed {seed}, {Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s");
        Assert.Equal((0, 0), (ledger.Lost(acknowledged), ledger.Doubled(acknowledged)));
        ledger.AssertWhole(acknowledged);
        Assert.True(one.Deaths + two.Deaths > 0);
        await AssertSameBytes(instances, ledger.Releases);
        await AssertFeeds(instances[0], writers);
    }

    private static async Task<List<Writer>> Writers(AppInstance sound, int seed, params MortalInstance[] instances)
    {
        var turn = 0;
        var partner = new Partner(async () =>
        {
            var next = instances[Interlocked.Increment(ref turn) % instances.Length].Running;
            return (await (next.IsCompleted ? next : await Task.WhenAny(instances.Select(instance => instance.Running)))).Client;
        });
        var writers = new List<Writer>();
        foreach (var (index, dataset) in Datasets.Index())
        {
            var key = await MadeKey.Make(sound.Client, ["read", "contribute"], $"writer-{index}");
            writers.Add(new($"w{index}", dataset, key.Text, partner, seed + index));
        }

        return writers;
    }

    /// <summary>Every instance, however often it died, and one that has read all of it anew, gives the same for every release.</summary>
    private async Task AssertSameBytes(AppInstance[] instances, int releases)
    {
        await instances[0].Restart();
        foreach (var dataset in Datasets.Distinct())
        {
            for (var release = 1; release <= releases; release++)
            {
                var bytes = await Task.WhenAll(instances.Select(instance => instance.Client.GetByteArrayAsync($"releases/{release}/odata/{dataset}?$format=csv", Cancellation)));
                Assert.All(bytes, one => Assert.Equal(bytes[0], one));
            }
        }
    }

    /// <summary>The feed has what was acknowledged of each record last, and nothing else.</summary>
    private static async Task AssertFeeds(AppInstance instance, List<Writer> writers)
    {
        foreach (var group in writers.GroupBy(writer => writer.Dataset))
        {
            var title = group.Key == "Sources" ? "Title" : "Name";
            var feed = await instance.Client.GetFromJsonAsync<System.Text.Json.JsonElement>($"odata/{group.Key}?$select=Id,{title}", Cancellation);
            var rows = feed.GetProperty("value").EnumerateArray().ToDictionary(row => row.GetProperty("Id").GetString()!, row => row.GetProperty(title).GetString()!);
            Assert.Equivalent(group.SelectMany(writer => writer.Live).ToDictionary(), rows, strict: true);
        }
    }
}
