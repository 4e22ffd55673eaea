using ConflictData.Datasets;
using ConflictData.Releases;
using ConflictData.Tests.OData;
using CsCheck;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.Views;

/// <summary>ZoneKind and ZoneKinds against the rule written a second time, place by place and membership by membership.</summary>
public sealed class ZoneKindTests
{
    private const int Places = 8;

    private static readonly IReadOnlyList<string> Kinds = Catalog.Get("Zones")["Kind"].Allowed;

    private static readonly string[] Grades = ["confirmed", "fair", "weak"];

    /// <param name="Place">Where.</param>
    /// <param name="Kind">Of which kind of zone, by its place in the list.</param>
    /// <param name="From">First day; null = open.</param>
    /// <param name="To">Last day; null = open.</param>
    /// <param name="Grade">How well it is known.</param>
    private sealed record Membership(int Place, int Kind, int? From, int? To, string Grade);

    [Fact]
    public async Task The_engine_says_what_the_rule_says() => await Worlds.SampleAsync(
        async world =>
        {
            await using var server = new Server();
            server.Commit(Revisions(world));
            var rows = (await server.Get("CasualtiesWide")).Json["value"]!.AsArray();
            foreach (var (index, (place, day)) in world.Claims.Index())
            {
                Assert.Equal(Expected(world, place, day), ((string?)rows[index]!["ZoneKind"], (string?)rows[index]!["ZoneKinds"]));
            }
        },
        iter: 40, threads: 1);

    private sealed record World(int?[] Parents, Membership[] Memberships, (int Place, int Day)[] Claims);

    private static (string? Kind, string? Kinds) Expected(World world, int place, int day)
    {
        for (int? at = place; at is { } here; at = world.Parents[here])
        {
            var valid = world.Memberships.Where(item => item.Place == here && Grades.Contains(item.Grade) && !(item.From > day) && !(item.To < day)).ToArray();
            if (valid.Length > 0)
            {
                var best = valid.OrderBy(item => Array.IndexOf(Grades, item.Grade)).ThenBy(item => item.Kind).First();
                return (Kinds[best.Kind], string.Join("; ", valid.Select(item => item.Kind).Distinct().Order().Select(kind => Kinds[kind])));
            }
        }
        return (null, null);
    }

    private static IEnumerable<Revision> Revisions(World world) =>
    [
        .. world.Parents.Select((parent, place) => Record("Places", $"p{place}", ("ParentId", parent is null ? null : $"p{parent}"))),
        .. Kinds.Select((kind, index) => Record("Zones", $"z{index}", ("Kind", kind))),
        .. world.Memberships.Select((item, index) => Record(
            "ZoneMemberships", $"m{index}", ("PlaceId", $"p{item.Place}"), ("ZoneId", $"z{item.Kind}"), ("Grade", item.Grade), ("ValidFrom", Day(item.From)), ("ValidTo", Day(item.To)))),
        .. world.Claims.Select((claim, index) => Casualty($"c{index}", ("PlaceId", $"p{claim.Place}"), ("StartDate", Day(claim.Day)))),
    ];

    private static DateOnly? Day(int? day) => day is { } n ? new DateOnly(2022, 1, 1).AddDays(n) : null;

    private static Gen<int?> Open(Gen<int> gen) => Gen.Frequency((1, Gen.Const((int?)null)), (3, gen.Select(n => (int?)n)));

    private static readonly Gen<Membership> Memberships = Gen.Select(
        Gen.Int[0, Places - 1], Gen.Int[0, Kinds.Count - 1], Open(Gen.Int[0, 9]), Open(Gen.Int[0, 9]), Gen.OneOf("confirmed", "fair", "weak", "contested", "discounted"),
        (place, kind, from, to, grade) => new Membership(place, kind, from, to, grade));

    private static readonly Gen<World> Worlds = Gen.Select(
        Gen.Int[-1, Places - 2].Array[Places], Memberships.Array[0, 12], Gen.Select(Gen.Int[0, Places - 1], Gen.Int[0, 9]).Array[1, 10],
        (parents, memberships, claims) => new World([.. parents.Select((parent, place) => parent < 0 || parent >= place ? null : (int?)parent)], memberships, claims));
}
