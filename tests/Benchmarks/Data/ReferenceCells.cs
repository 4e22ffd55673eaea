using ConflictData.Datasets;

namespace Benchmarks.Data;

/// <summary>The records that the casualties refer to, and the zones that their places lay in, dataset by dataset in the order of the catalogue.</summary>
internal static class ReferenceCells
{
    private const int Memberships = 400;
    private const ulong MembershipSeed = 20190323;

    private static readonly string[] Grades = ["confirmed", "fair", "fair", "weak", "weak", "contested", "discounted"];

    private static readonly IReadOnlyList<string> ZoneKinds = Catalog.Get("Zones")["Kind"].Allowed;

    public static IEnumerable<(Dataset Dataset, string?[] Cells)> All() =>
    [
        .. Enumerable.Range(0, Memberships).Select(number => Membership(Catalog.Get("ZoneMemberships"), number)),
        .. Names.Events.Select((id, number) => Event(Catalog.Get("Events"), id, number)),
        .. Names.Places.Select((id, number) => Place(Catalog.Get("Places"), id, number)),
        .. Names.Actors.Select((id, number) => Actor(Catalog.Get("Actors"), id, number)),
        .. Names.Zones.Select((id, number) => Zone(Catalog.Get("Zones"), id, number)),
        .. Names.Sources.Select((id, number) => Source(Catalog.Get("Sources"), id, number)),
    ];

    /// <summary>Two fifths of governorates and districts, the others of towns; from a few months to open at either end.</summary>
    private static (Dataset, string?[]) Membership(Dataset dataset, int number)
    {
        var lot = new Lot(MembershipSeed, number);
        var from = new DateOnly(2013, 6, 1).AddDays(lot.Below(3000));
        return (dataset, new Cells(dataset)
        {
            ["Id"] = $"membership-{number:D3}",
            ["PlaceId"] = Names.Places[lot.Percent(40) ? lot.Between(2, 199) : lot.Between(200, 999)],
            ["ZoneId"] = lot.Of<string>(Names.Zones),
            ["Date"] = Words.Period(ref lot, from),
            ["ClaimantId"] = lot.Of<string>(Names.Claimants),
            ["SourceId"] = lot.Of<string>(Names.Sources),
            ["SourceLocator"] = Words.Locator(ref lot),
            ["Grade"] = lot.Of<string>(Grades),
        }.Values);
    }

    private static (Dataset, string?[]) Zone(Dataset dataset, string id, int number) => (dataset, new Cells(dataset)
    {
        ["Id"] = id,
        ["Name"] = id,
        ["Kind"] = ZoneKinds[number % ZoneKinds.Count],
    }.Values);

    private static (Dataset, string?[]) Event(Dataset dataset, string id, int number) => (dataset, new Cells(dataset)
    {
        ["Id"] = id,
        ["Name"] = id,
        ["Kind"] = "operation",
        ["Date"] = $"{2014 + (number % 8)}",
        ["PlaceId"] = Names.Places[number],
    }.Values);

    /// <summary>A place under another name.</summary>
    public static (Dataset Dataset, string?[] Cells) Renamed(int place, string name) => Place(Catalog.Get("Places"), Names.Places[place], place, name);

    private static (Dataset, string?[]) Place(Dataset dataset, string id, int number, string? name = null) => (dataset, new Cells(dataset)
    {
        ["Id"] = id,
        ["Name"] = name ?? id,
        ["Kind"] = number switch { < 2 => "country", < 20 => "governorate", < 200 => "district", _ => "town" },
        ["ParentId"] = Names.ParentOf(number) is { } parent ? Names.Places[parent] : null,
        ["PlacePrecision"] = "7",
    }.Values);

    private static (Dataset, string?[]) Actor(Dataset dataset, string id, int number) => (dataset, new Cells(dataset)
    {
        ["Id"] = id,
        ["Name"] = id,
        ["Kind"] = Names.ActorKind(number),
    }.Values);

    private static (Dataset, string?[]) Source(Dataset dataset, string id, int number) => (dataset, new Cells(dataset)
    {
        ["Id"] = id,
        ["Title"] = $"Report {number}",
        ["Kind"] = "report",
    }.Values);
}
