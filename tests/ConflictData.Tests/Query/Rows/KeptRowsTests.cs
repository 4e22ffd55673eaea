using ConflictData.Datasets;
using ConflictData.Query;
using ConflictData.Tests.OData;
using ConflictData.Tests.OData.Fuzz;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.Query.Rows;

/// <summary>Rows from the local disk against those that the engine gives.</summary>
public sealed class KeptRowsTests
{
    private static readonly Dataset Casualties = Catalog.Get("Casualties");

    private static readonly (string Set, string Query)[] Reads =
    [
        ("Casualties", "$filter=Low ge 2&$count=true&$top=3"), ("Casualties", "$filter=Low ge 0&$top=4&$skip=3"), ("Casualties", "$filter=Outcome ne null&$select=Id,Note,Low"),
        ("Casualties", "$orderby=Note desc,Low&$top=7"), ("Casualties", "$filter=contains(Note,'a')&$orderby=Id desc"), ("Casualties", "$filter=Additive eq true or StartDate ne null"),
        ("Places", "$orderby=Latitude desc,Name&$skip=1"), ("Places", "$filter=Id ne 'p1'&$count=true"), ("Events", "$filter=StartDate gt 2022-01-05&$orderby=StartDate"),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Every_answer_is_the_one_that_the_engine_gives(int seed)
    {
        var world = new World(new Random(seed));
        await using var asked = new Server(new() { PageSize = 5, KeptPagesMegabytes = 0, KeptRowsMegabytes = 0 });
        await using var kept = new Server(new() { PageSize = 5, KeptPagesMegabytes = 0 });
        var release = 0;
        foreach (var commit in world.Commits)
        {
            asked.Commit(commit);
            kept.Commit(commit);
            release++;
            await TakeOver(kept, release);
            for (var earlier = 1; earlier <= release; earlier++)
            {
                await Compare(asked, kept, world, $"{earlier}");
            }
        }
    }

    [Fact]
    public async Task A_record_that_was_corrected_or_retracted_later_is_as_it_was()
    {
        await using var server = new Server(new() { KeptPagesMegabytes = 0 });
        server.Commit(Casualty("c1", ("Note", "first")), Casualty("c2", ("Note", "stays")));
        server.Commit(Casualty("c1", ("Note", "second")));
        server.Commit(Retraction(Casualty("c1")));
        await TakeOver(server, 3);

        Assert.Null(server.Engine.RowsAtHand(Casualties, Casualties.Columns, [4], 3));
        Assert.Null(server.Engine.RowsAtHand(Casualties, Casualties.Columns, [3], 1));
        Assert.Equal("first", (string?)(await server.Get("Casualties('c1')", "1")).Json["Note"]);
        Assert.Equal("second", (string?)(await server.Get("Casualties('C1')", "2")).Json["Note"]);
        Assert.Equal(404, (await server.Get("Casualties('c1')")).Status);
        Assert.Equal("stays", (string?)(await server.Get("Casualties('c2')")).Json["Note"]);
    }

    [Fact]
    public async Task Where_the_room_is_used_up_the_engine_gives_the_rows()
    {
        await using var server = new Server(new() { KeptPagesMegabytes = 0, KeptRowsMegabytes = 1 });
        server.Commit(Enumerable.Range(0, 30_000).Select(n => Casualty($"c{n:D5}", ("Note", new string('n', 100)))));
        Assert.Equal(200, (await server.Get("Casualties('c00000')")).Status);
        await server.Engine.RowsTakenOver;
        server.Commit(Casualty("late"));

        Assert.Equal(200, (await server.Get("Casualties('c29999')")).Status);
        Assert.Equal(200, (await server.Get("Casualties('late')")).Status);
        await server.Engine.RowsTakenOver;
        using var first = server.Engine.RowsAtHand(Casualties, Casualties.Columns, [1], 1);
        Assert.NotNull(first);
        Assert.Null(server.Engine.RowsAtHand(Casualties, Casualties.Columns, [30_001], 2));
    }

    [Fact]
    public async Task Rows_are_right_while_others_come()
    {
        await using var server = new Server(new() { KeptPagesMegabytes = 0 });
        server.Commit(Enumerable.Range(0, 100).Select(n => Casualty($"c{n}", ("Low", 1L))));
        using var ends = new CancellationTokenSource();
        async Task Read()
        {
            for (var n = 0; !ends.IsCancellationRequested; n = (n + 1) % 100)
            {
                await Task.Yield();
                var release = server.Engine.History.Commits.Count;
                var found = await server.Get($"Casualties('c{n}')", $"{release}");
                Assert.True((long)found.Json["Low"]! == release, $"c{n} at {release}: {found.Body}");
            }
        }

        var reading = Read();
        for (var release = 2L; release < 60; release++)
        {
            server.Commit(Enumerable.Range(0, 100).Select(n => Casualty($"c{n}", ("Low", release))));
        }

        await ends.CancelAsync();
        await reading;
    }

    private static async Task Compare(Server asked, Server kept, World world, string release)
    {
        foreach (var (set, query) in Reads)
        {
            Assert.Equal(await asked.ReadAll($"{set}?{query}", release), await kept.ReadAll($"{set}?{query}", release));
            Assert.Equal((await asked.Get($"{set}?{query}&$format=csv", release)).Body, (await kept.Get($"{set}?{query}&$format=csv", release)).Body);
        }

        foreach (var revision in world.Commits.SelectMany(commit => commit).DistinctBy(revision => (revision.Dataset, revision.Id)))
        {
            var address = $"{revision.Dataset.Name}('{revision.Id}')?$format=application/json;odata.metadata=full";
            Assert.Equal((await asked.Get(address, release)).Body, (await kept.Get(address, release)).Body);
        }
    }

    /// <summary>Waits until all rows are at hand.</summary>
    private static async Task TakeOver(Server server, int release)
    {
        foreach (var dataset in Catalog.All.Where(dataset => server.Engine.LastSequence(dataset) > 0))
        {
            using var first = server.Engine.RowsAtHand(dataset, dataset.Columns, [server.Engine.LastSequence(dataset)], release);
            await server.Engine.RowsTakenOver;
        }
    }
}
