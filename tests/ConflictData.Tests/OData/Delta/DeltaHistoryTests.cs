using ConflictData.Datasets;
using ConflictData.Releases;
using ConflictData.Tests.OData.Filter;
using CsCheck;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Delta;

/// <summary>
/// Random histories: records are added, corrected, retracted, added again, and the places that they are filtered by change. FUZZ_CASES
/// sets how many are tried.
/// </summary>
public sealed class DeltaHistoryTests
{
    private static readonly Settings Unlimited = new();

    private static readonly long Cases = long.TryParse(Environment.GetEnvironmentVariable("FUZZ_CASES"), out var cases) ? cases : 25;

    [Fact]
    public async Task Whoever_follows_delta_links_has_what_a_fresh_read_gives() =>
        await Gen.Select(Releases, Query, Sizes, Gen.Bool).SampleAsync(
            async (releases, query, sizes, is40) => await Check(releases, query, sizes, is40 ? "4.0" : "4.01"),
            iter: Cases, threads: 1, print: item => $"{item.Item2} {string.Join(" | ", item.Item1.Select(Text))}");

    private static async Task Check(Revision[][] releases, string query, int[] sizes, string version)
    {
        await using var server = new Server(Unlimited);
        server.Commit(RandomWays.Places);
        var (pending, step) = (new Queue<Revision[]>(releases), 0);
        var clients = new List<DeltaClient>();
        while (pending.Count > 0)
        {
            // A client begins at every release, and those that have begun go on; now and then a release comes between their pages.
            clients.Add(new DeltaClient(server, query, version: version));
            await clients[^1].Start(Size(), Commit);
            await Compare(clients[^1]);
            Commit();
            foreach (var client in clients)
            {
                if (Size() % 3 > 0)
                {
                    await client.Follow(Size(), Commit);
                    await Compare(client);
                }
            }
        }

        void Commit()
        {
            if (pending.TryDequeue(out var revisions))
            {
                server.Commit(revisions);
            }
        }

        int Size() => sizes[step++ % sizes.Length];
    }

    private static async Task Compare(DeltaClient client) =>
        Assert.Equal((await client.Fresh()).OrderBy(row => row.Key, StringComparer.Ordinal), client.Rows.OrderBy(row => row.Key, StringComparer.Ordinal));

    private static Gen<int[]> Sizes { get; } = Gen.Int[1, 9].Array[5, 12];

    private static Gen<string> Query { get; } = Gen.Select(
        Gen.OneOf(
            Gen.Const(""),
            RandomFilters.Any.Select(Filter),
            RandomWays.Bool.Select(Filter),
            RandomFilters.OfOwnColumns.Select(filter => Filter(filter) + "&$compute=Low mul 2 as Twice")),
        RandomFilters.Pick("", "", "&$search=a", "&$search=x OR NOT ab"),
        RandomFilters.Pick("", "", "&$select=Id,Release,PlaceId", "&$orderby=Note desc,Low"),
        (filter, search, rest) => "Casualties?$format=json" + filter + search + rest);

    private static string Filter(Expression<bool?> filter) => "&$filter=" + Uri.EscapeDataString(filter.Text);

    private static Gen<Revision[][]> Releases { get; } = Gen.Frequency((2, Gen.OneOf(Record, Retracted, Place).Array[1, 8]), (1, Place.Array[1, 3]))
        .Select(revisions => revisions.DistinctBy(revision => (revision.Dataset, revision.Id)).ToArray()).Array[2, 9];

    private static Gen<Revision> Record => Gen.Select(RandomFilters.Row, Gen.Int[0, 11], (row, id) =>
    {
        row[0] = $"r{id}";
        return new Revision(Catalog.Get("Casualties"), $"r{id}", RevisionAction.Upsert, "correction", row);
    });

    private static Gen<Revision> Retracted => Gen.Int[0, 11].Select(id => Retraction(Casualty($"r{id}")));

    /// <summary>A place that is moved, renamed or gone.</summary>
    private static Gen<Revision> Place => Gen.Select(
        RandomWays.Id, RandomWays.Id, RandomFilters.Pick("ab", "AB", "", "x", "a"), Gen.Double[-2, 4], Gen.Int[0, 3],
        (id, parent, name, latitude, kind) => kind == 0
            ? Retraction(Values.Record("Places", id))
            : Values.Record("Places", id, ("Name", name), ("ParentId", parent == id ? null : parent), ("Latitude", kind == 1 ? null : latitude)));

    private static string Text(Revision[] revisions) =>
        string.Join(", ", revisions.Select(revision => $"{revision.Action} {revision.Dataset.Name}/{revision.Id}"));
}
