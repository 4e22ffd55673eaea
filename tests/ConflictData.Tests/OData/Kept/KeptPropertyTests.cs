using ConflictData.Datasets;
using ConflictData.Releases;
using CsCheck;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Kept;

/// <summary>Kept pages against computed ones: any columns, page size and release, of sets and views, whatever was kept before.</summary>
public sealed class KeptPropertyTests
{
    private const int Releases = 6;

    private static readonly Gen<string> Address = Gen.Select(
        Gen.OneOf("Casualties", "Places", "CasualtiesWide", "MonthlyTotals", "Releases").SelectMany(set => Columns(set).Select(select => set + select)),
        Gen.OneOf("", "&$count=true"),
        Gen.OneOf("", "&$format=application/json;odata.metadata=none"),
        (set, count, form) => set + count + form);

    [Fact]
    public async Task A_kept_page_has_the_bytes_of_the_computed_one()
    {
        await using var server = new Server(new() { KeptPagesMegabytes = 1 });
        CommitAll(server);

        await Gen.Select(Address, Gen.Int[5, 70], Gen.Int[1, Releases]).SampleAsync(
            async (address, size, release) =>
            {
                (string, string) prefer = ("Prefer", $"maxpagesize={size}");
                for (string? next = address; next is not null;)
                {
                    var root = release.ToString(null as IFormatProvider);
                    var computed = await server.Get(next, root, headers: [prefer, ("Accept-Encoding", "br, gzip;q=0.5")]);
                    var rendered = await server.Get(next, root, headers: [prefer, ("Accept-Encoding", "gzip")]);
                    var kept = await server.Get(next, root, headers: [prefer, ("Accept-Encoding", "gzip")]);

                    Assert.Equal((200, 200, 200), (computed.Status, rendered.Status, kept.Status));
                    Assert.Equal((null, "gzip"), (computed.Header("Content-Encoding"), kept.Header("Content-Encoding")));
                    Assert.Equal(computed.Body, rendered.Body);
                    Assert.Equal(rendered.Sent, kept.Sent);
                    next = computed.NextLink;
                }
            },
            iter: 60, threads: 1);
    }

    private static Gen<string> Columns(string set) => Gen.Frequency(
        (1, Gen.Const("?x=y")),
        (3, Gen.OneOf([.. Catalog.Sets.Single(one => one.Name == set).Columns.Select(column => column.Name)]).HashSet[1, 8].Select(names => "?$select=" + string.Join(',', names))));

    /// <summary>Each release corrects some records, retracts some and brings some, so that live rows lie among dead ones.</summary>
    private static void CommitAll(Server server)
    {
        server.Commit([.. Facts(0, 60), .. Enumerable.Range(0, 20).Select(n => Place(n, "old"))]);
        for (var release = 2; release <= Releases; release++)
        {
            server.Commit(release switch
            {
                3 => [Place(3, "new"), Retraction(Place(4, "old"))],
                4 => [Record("Sources", "s4")],
                _ => [.. Facts(release * 7, 9), .. Facts(release * 11, 3).Select(Retraction), .. Facts(100 * release, 15)],
            });
        }
    }

    private static IEnumerable<Revision> Facts(int first, int count) => Enumerable.Range(first, count).Select(n => Casualty(
        $"c{n:D4}",
        ("PlaceId", $"p{n % 20}"), ("Low", (long)n), ("Best", n % 3 == 0 ? null : (long)n), ("Additive", true),
        ("StartDate", new DateOnly(2022, 1 + (n % 12), 1)), ("Month", new DateOnly(2022, 1 + (n % 12), 1)),
        ("Note", n % 4 == 0 ? null : $"“ḥāra” \"{n}\"\n\t\\ {new string('x', n % 30)}")));

    private static Revision Place(int number, string name) => Record("Places", $"p{number}", ("Name", $"{name} {number}"), ("Kind", "city"), ("Latitude", number / 7.0));
}
