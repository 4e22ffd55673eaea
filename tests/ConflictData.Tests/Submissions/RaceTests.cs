using ConflictData.Api;
using ConflictData.Submissions;
using ConflictData.Tests.Faults;

namespace ConflictData.Tests.Submissions;

public sealed class RaceTests(AzuriteFixture azurite)
{
    private const int Each = 12;

    [Fact]
    public async Task Two_instances_that_race_commit_everything_without_a_gap_and_end_equal()
    {
        var prefix = azurite.NewPrefix();
        await using var one = await Instance.Start(azurite.ConnectionString, prefix);
        await using var two = await Instance.Start(azurite.ConnectionString, prefix);
        var answers = await Task.WhenAll(new[] { (one, "a"), (two, "b") }.SelectMany(app => Enumerable.Range(1, Each).Select(n =>
            app.Item1.Report(201, "Actors", $"Id,Name,Kind\n{app.Item2}{n},Own,armedGroup\nshared,By {app.Item2}{n},armedGroup\n"))));

        Assert.Equal(Enumerable.Range(1, 2 * Each), answers.Select(answer => answer.GetProperty("release").GetInt32()).Order());
        Assert.Equal(2 * Each, await one.Releases());
        var revisions = await one.Revisions("Actors");
        Assert.Equal(revisions, await two.Revisions("Actors"));
        Assert.Equal(4 * Each, revisions.Count);
        Assert.Equal(2 * Each, revisions.Count(row => row.Id == "shared"));
    }

    [Fact]
    public async Task What_is_acknowledged_is_stored_exactly_once_however_many_answers_of_storage_are_lost()
    {
        var chance = new Random(20260131);
        await using var proxy = new StorageProxy(azurite.ConnectionString, request => Judge(request, chance));
        var prefix = azurite.NewPrefix();
        await using var near = await Instance.Start(azurite.ConnectionString, prefix);
        await using var app = new Instance(proxy.ConnectionString, prefix);
        var acknowledged = 0;
        for (var n = 1; n <= Each; n++)
        {
            var text = $"Id,Name,Kind\nr{n},Row,armedGroup\n";
            acknowledged += await SendUntilAnswered(app, text, $"key-{n}");
        }

        var revisions = await near.Revisions("Actors");
        Assert.True(proxy.Harmed > 0);
        Assert.Equal(Each, acknowledged);
        Assert.Equal(Enumerable.Range(1, Each).Select(n => $"r{n}"), revisions.Select(row => row.Id));
        Assert.Equal(Each, await near.Releases());
    }

    /// <summary>Sends as a partner's script does, with one key; 1 when the release is acknowledged.</summary>
    private static async Task<int> SendUntilAnswered(Instance app, string text, string key)
    {
        var answer = await app.Send("Actors", text, request => request with { IdempotencyKey = key });
        return answer.Value?.Status == 201 ? 1 : 0;
    }

    /// <summary>Loses three in ten answers to writes, those of the commit among them.</summary>
    private static Fault Judge(StorageRequest request, Random chance)
    {
        lock (chance)
        {
            return request.IsOfTables && request.IsWrite && chance.Next(100) < 30 ? Fault.DropAnswer : Fault.None;
        }
    }
}
