using ConflictData.Datasets;

namespace Benchmarks.Data;

/// <summary>The records that the casualties refer to, dataset by dataset in the order of the catalogue.</summary>
internal static class ReferenceCells
{
    public static IEnumerable<(Dataset Dataset, string?[] Cells)> All() =>
    [
        .. Names.Events.Select((id, number) => Event(Catalog.Get("Events"), id, number)),
        .. Names.Places.Select((id, number) => Place(Catalog.Get("Places"), id, number)),
        .. Names.Actors.Select((id, number) => Actor(Catalog.Get("Actors"), id, number)),
        .. Names.Sources.Select((id, number) => Source(Catalog.Get("Sources"), id, number)),
    ];

    private static (Dataset, string?[]) Event(Dataset dataset, string id, int number) => (dataset, new Cells(dataset)
    {
        ["Id"] = id,
        ["Name"] = id,
        ["Kind"] = "operation",
        ["Date"] = $"{2014 + (number % 8)}",
        ["PlaceId"] = Names.Places[number],
    }.Values);

    private static (Dataset, string?[]) Place(Dataset dataset, string id, int number) => (dataset, new Cells(dataset)
    {
        ["Id"] = id,
        ["Name"] = id,
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
