using System.Text.Json;
using System.Text.Json.Nodes;
using ConflictData.Datasets;
using ConflictData.Tests.OData;
using CsCheck;

namespace ConflictData.Tests.Views;

/// <summary>
/// What the service says of random histories at random releases, in every way of asking, against the definition of the views
/// computed record by record. A failure names the seed of its history.
/// </summary>
public sealed class DifferentialTests
{
    private static readonly IReadOnlyList<Dataset> Widening = [.. Catalog.Views.Where(view => view.Extends is not null)];

    [Fact]
    public async Task The_views_say_what_their_definition_says() => await Gen.Int[0, int.MaxValue].SampleAsync(
        async seed =>
        {
            var (history, chance) = (new RandomHistory(seed), new Random(seed));
            await using var server = new Server();
            history.Commits.ForEach(revisions => server.Commit(revisions));
            foreach (var release in Enumerable.Range(1, history.Commits.Count).OrderBy(_ => chance.Next()).Take(2))
            {
                var naive = new NaiveViews(history.States[release - 1]);
                await Same(server, "MonthlyTotals", release, naive.Totals(), chance);
                foreach (var view in Widening)
                {
                    await Ask(server, view, release, naive.Wide(view), chance);
                }
            }
        },
        iter: 8, threads: 1, print: seed => $"the history of seed {seed}");

    /// <summary>The whole view, some of it by a filter, in another order, and single records.</summary>
    private static async Task Ask(Server server, Dataset view, int release, IReadOnlyList<IReadOnlyDictionary<string, object?>> rows, Random chance)
    {
        await Same(server, view.Name, release, rows, chance);

        var (column, value) = AnyValue(view, rows, chance);
        var found = rows.Where(row => Equals(row[column], value)).ToList();
        var (skip, top) = (chance.Next(3), chance.Next(1, 8));
        var filter = Uri.EscapeDataString($"{column} eq {(value is null ? "null" : $"'{value}'")}");
        await Same(server, $"{view.Name}?$filter={filter}", release, found, chance);
        await Same(server, $"{view.Name}?$filter={filter}&$skip={skip}&$top={top}", release, [.. found.Skip(skip).Take(top)], chance);
        Assert.Equal($"{found.Count}", (await server.Get($"{view.Name}/$count?$filter={filter}", $"{release}")).Body);

        // Null is below every value.
        var ordered = rows.OrderBy(row => (string?)row[column], StringComparer.Ordinal).ToList();
        await Same(server, $"{view.Name}?$orderby={column}", release, ordered, chance);
        await Same(server, $"{view.Name}?$orderby={column}&$skip={skip}&$top={top}&$select=Id,Country,{column}", release, [.. ordered.Skip(skip).Take(top)], chance);

        foreach (var record in Enumerable.Range(0, 3).Select(_ => $"{view.Extends!.ToLowerInvariant()}-{chance.Next(7)}"))
        {
            var reply = await server.Get($"{view.Name}('{record}')", $"{release}");
            var expected = rows.SingleOrDefault(row => (string)row["Id"]! == record);
            Assert.Equal(expected is null ? 404 : 200, reply.Status);
            Compare(expected is null ? [] : [expected], expected is null ? [] : [reply.Json.AsObject()], $"{view.Name}('{record}') at {release}");
        }
    }

    private static (string Column, object? Value) AnyValue(Dataset view, IReadOnlyList<IReadOnlyDictionary<string, object?>> rows, Random chance)
    {
        string[] columns = ["ZoneKind", "ZoneKinds", "Place", "PlacePath", "Country", "FirstLevelPlace", "Event", "Claimant", "CitedSource", "Parent"];
        columns = [.. columns.Where(name => view.Find(name) is not null)];
        var column = columns[chance.Next(columns.Length)];
        return (column, rows.Count == 0 || chance.Next(4) == 0 ? null : rows[chance.Next(rows.Count)][column]);
    }

    /// <summary>Reads all pages, of some size.</summary>
    private static async Task Same(Server server, string address, int release, IReadOnlyList<IReadOnlyDictionary<string, object?>> expected, Random chance)
    {
        var (size, rows) = (chance.Next(2, 16), new List<JsonObject>());
        for (var next = address; next is not null;)
        {
            var page = await server.Get(next, $"{release}", headers: ("Prefer", $"maxpagesize={size}"));
            Assert.True(page.Status == 200, page.Body);
            rows.AddRange(page.Json["value"]!.AsArray().Select(row => row!.AsObject()));
            next = page.NextLink;
        }

        Compare(expected, rows, $"{address} at {release}");
    }

    private static void Compare(IReadOnlyList<IReadOnlyDictionary<string, object?>> expected, IReadOnlyList<JsonObject> rows, string what)
    {
        Assert.True(expected.Select(row => (string)row["Id"]!).SequenceEqual(rows.Select(row => (string)row["Id"]!), StringComparer.OrdinalIgnoreCase), what);
        foreach (var (wanted, row) in expected.Zip(rows))
        {
            foreach (var (column, value) in wanted.Where(item => item.Key != "Id" && row.ContainsKey(item.Key)))
            {
                Assert.True(JsonSerializer.Serialize(value) == (row[column]?.ToJsonString() ?? "null"), $"{what}: {wanted["Id"]}/{column} is {row[column]}, not {value}.");
            }
        }
    }
}
