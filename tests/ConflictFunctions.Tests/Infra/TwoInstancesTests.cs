using System.Text.Json;
using ConflictFunctions.Tests.Running;

namespace ConflictFunctions.Tests.Infra;

/// <summary>Clients whose calls are answered by two instances in turn, while both take submissions.</summary>
public sealed class TwoInstancesTests(RunningApp app)
{
    private const int Writers = 2;
    private const int Submissions = 8;
    private const int Rows = 20;

    [Fact]
    public async Task Pages_deltas_and_own_writes_are_right_whoever_answers()
    {
        await using var two = await TwoInstances.Start(app.Storage);
        var first = await two.Submit("Actors", Csv("first", 0));
        var writing = Task.WhenAll(Enumerable.Range(1, Writers).Select(writer => Write(two, writer)));
        var reading = Task.WhenAll(Pages(two, first, writing), Deltas(two, first, writing));

        var releases = (await writing).SelectMany(own => own).ToList();
        await reading;

        // Each submission has a release of its own, and none is missing between them.
        Assert.Equal(Enumerable.Range(2, Writers * Submissions), releases.Order());
        Assert.All(two.Answered, answered => Assert.InRange(answered, Writers * Submissions, int.MaxValue));
    }

    /// <summary>Submits, and reads each time what it has just submitted, by the release that it was told.</summary>
    private static async Task<List<int>> Write(TwoInstances two, int writer)
    {
        var releases = new List<int>();
        for (var number = 1; number <= Submissions; number++)
        {
            var release = await two.Submit("Actors", Csv($"w{writer}", number));
            releases.Add(release);

            var own = await two.Read($"odata/Actors?$filter=startswith(Id,'w{writer}-')&$select=Id,Name", "maxpagesize=7", atLeast: release);
            Assert.All(own.Releases, at => Assert.InRange(at, release, int.MaxValue));
            Assert.Equal(Enumerable.Range(0, IsGone(number) ? Rows - 1 : Rows).Select(row => $"w{writer}-{row:D2} number {number}"), own.Items.Select(Text).Order(StringComparer.Ordinal));
            var shared = await two.Read($"releases/{release}/odata/Actors?$filter=Id eq 'shared'&$select=Id,Name");
            Assert.Equal($"shared number {number} of w{writer}", Text(Assert.Single(shared.Items)));
        }

        return releases;
    }

    /// <summary>Reads all of it in small pages, again and again until nobody writes: one read is of one release, whole and without doubles.</summary>
    private static async Task Pages(TwoInstances two, int first, Task writing)
    {
        for (var isLast = false; ; isLast = writing.IsCompleted)
        {
            var (items, _, releases) = await two.Read("odata/Actors?$select=Id,Name", "maxpagesize=9", atLeast: first);
            var release = Assert.Single(releases.Distinct());
            var whole = (await two.Read($"releases/{release}/odata/Actors?$select=Id,Name")).Items.Select(Text);
            Assert.Equal(whole.Order(StringComparer.Ordinal), items.Select(Text).Order(StringComparer.Ordinal));
            Assert.Equal(items.Count, items.Select(Id).Distinct().Count());
            if (isLast)
            {
                return;
            }
        }
    }

    /// <summary>Keeps a copy by delta links: at every release that it stops at, the copy is what that release has.</summary>
    private static async Task Deltas(TwoInstances two, int first, Task writing)
    {
        var copy = new Dictionary<string, string>();
        var link = "odata/Actors?$select=Id,Name";
        for (var (isLast, prefer) = (false, "track-changes, maxpagesize=11"); ; (isLast, prefer) = (writing.IsCompleted, "maxpagesize=5"))
        {
            var (items, delta, releases) = await two.Read(link, prefer, atLeast: first);
            foreach (var item in items)
            {
                Take(copy, item);
            }

            var whole = (await two.Read($"releases/{releases[^1]}/odata/Actors?$select=Id,Name")).Items.Select(Text);
            Assert.Equal(whole.Order(StringComparer.Ordinal), copy.Values.Order(StringComparer.Ordinal));
            link = Assert.IsType<string>(delta);
            if (isLast)
            {
                return;
            }
        }
    }

    private static void Take(Dictionary<string, string> copy, JsonElement item)
    {
        if (item.TryGetProperty("@odata.removed", out _))
        {
            copy.Remove(item.GetProperty("@odata.id").GetString()!.Split('\'')[1]);
        }
        else
        {
            copy[Id(item)] = Text(item);
        }
    }

    /// <summary>Rows of a writer's own, of which the last comes and goes, and one that all writers change.</summary>
    private static string Csv(string writer, int number) =>
        "Id,Name,Kind,Action\n" + string.Concat(Enumerable.Range(0, Rows).Select(row => $"{writer}-{row:D2},number {number},person,{(row == Rows - 1 && IsGone(number) ? "retract" : "")}\n"))
            + $"shared,number {number} of {writer},person,\n";

    private static bool IsGone(int number) => number > 0 && number % 2 == 0;

    private static string Id(JsonElement item) => item.GetProperty("Id").GetString()!;

    private static string Text(JsonElement item) => $"{Id(item)} {item.GetProperty("Name").GetString()}";
}
