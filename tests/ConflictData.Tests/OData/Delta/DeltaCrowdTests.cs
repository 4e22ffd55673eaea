using ConflictData.Releases;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Delta;

public sealed class DeltaCrowdTests
{
    [Fact]
    public async Task Clients_that_follow_while_releases_are_committed_each_have_what_their_release_has()
    {
        await using var server = new Server();
        server.Commit([.. Enumerable.Range(0, 4).Select(n => Place(n, n)), .. Enumerable.Range(0, 200).Select(n => Casualty($"c{n}", ("PlaceId", $"p{n % 4}"), ("Low", (long)n)))]);
        await server.Get("Casualties");
        var done = false;

        var writer = Task.Run(() =>
        {
            for (var n = 0; n < 400 && !Volatile.Read(ref done); n++)
            {
                server.Commit(Place(n % 4, n), Casualty($"c{n * 7 % 200}", ("PlaceId", $"p{n % 4}"), ("Low", (long)n)), Retraction(Casualty($"c{n * 11 % 200}")));
            }
        }, TestContext.Current.CancellationToken);
        string[] queries = ["Casualties", "Casualties?$filter=Low lt 50", "Casualties?$filter=Place/CountryCode eq 'SY'", "Places?$filter=Casualties/$count gt 40"];
        await Task.WhenAll(queries.Select(query => Task.Run(() => FollowAndCompare(server, query), TestContext.Current.CancellationToken)));
        Volatile.Write(ref done, true);
        await writer;
    }

    private static async Task FollowAndCompare(Server server, string query)
    {
        var client = new DeltaClient(server, query);
        await client.Start(pageSize: 30);
        for (var round = 0; round < 8; round++)
        {
            await client.Follow(pageSize: 5 + round);
            Assert.Equal((await client.Fresh()).OrderBy(row => row.Key, StringComparer.Ordinal), client.Rows.OrderBy(row => row.Key, StringComparer.Ordinal));
        }
    }

    private static Revision Place(int number, int state) =>
        Record("Places", $"p{number}", ("CountryCode", state / 4 % 2 == 0 ? "SY" : "IQ"), ("Name", $"Place {state}"));
}
