using System.Globalization;
using ConflictData.Datasets;
using ConflictData.Releases;
using CsCheck;

namespace ConflictData.Tests.OData.Filter;

/// <summary>Random expressions over what casualties refer to: a few places below each other, with gaps.</summary>
internal static class RandomWays
{
    private static readonly Dataset Set = Catalog.Get("Places");

    private static readonly int PlaceId = Catalog.Get("Casualties")["PlaceId"].Ordinal;

    /// <summary>The places; p9, which some refer to, is not among them.</summary>
    public static IReadOnlyList<Revision> Places { get; } =
    [
        Place("p0", "ab", null, 1.5), Place("p1", "AB", "p0", null), Place("p2", "", "p0", -2), Place("p3", "x", "p1", 4), Place("p4", "سكة", "p9", null), Place("p5", "a", "p3", 0),
    ];

    public static Gen<string> Id { get; } = RandomFilters.Pick("p0", "p1", "p2", "p3", "p4", "p5", "p9");

    public static Gen<Expression<string>> Text { get; } = RandomFilters.Pick(
        new Expression<string>("Place/Name", row => Name(Of(row))),
        new Expression<string>("Place/Parent/Name", row => Name(Parent(Of(row)))),
        new Expression<string>("Place/Parent/Parent/Name", row => Name(Parent(Parent(Of(row))))),
        new Expression<string>("Place/ParentId", row => (string?)Of(row)?[Set["ParentId"].Ordinal]));

    /// <summary>Numbers of places, with the id of the place.</summary>
    public static Gen<(string Text, Func<object?[], double?> Of, Func<object?[], string?> Record)> Number { get; } = RandomFilters.Pick<(string, Func<object?[], double?>, Func<object?[], string?>)>(
        ("Place/Latitude", row => Latitude(Of(row)), row => (string?)Of(row)?[0]),
        ("Place/Parent/Latitude", row => Latitude(Parent(Of(row))), row => (string?)Parent(Of(row))?[0]));

    public static Gen<Expression<bool?>> Bool { get; } = Gen.OneOf(
        RandomFilters.Pick(
            new Expression<bool?>("Place eq null", row => Of(row) is null),
            new Expression<bool?>("Place/Parent ne null", row => Parent(Of(row)) is not null),
            new Expression<bool?>("Place/Children/any()", row => Children(Of(row)).Any()),
            new Expression<bool?>("Place/Latitude gt 0", row => Latitude(Of(row)) > 0),
            new Expression<bool?>("Place/Parent/Children/any(p:p/Id ne $it/PlaceId)", row => Children(Parent(Of(row))).Any(place => (string)place[0]! != (string?)row[PlaceId]))),
        RandomFilters.Pick("ab", "x", "", "a").Select(word => new Expression<bool?>(
            $"Place/Children/any(p:startswith(p/Name,'{word}') and p/Latitude ne null)", row => Children(Of(row)).Any(place => Name(place)!.StartsWith(word, StringComparison.Ordinal) && Latitude(place) is not null))),
        Gen.Int[-3, 4].Select(number => new Expression<bool?>(
            $"Place/Children/all(p:p/Latitude gt {number})", row => Children(Of(row)).All(place => Latitude(place) > number))),
        Gen.Int[0, 3].Select(number => new Expression<bool?>(
            string.Create(CultureInfo.InvariantCulture, $"Place/Children/$count ge {number}"), row => Children(Of(row)).Count() >= number)));

    /// <summary>A sort key, and what it is worth for a row.</summary>
    public static Gen<(string Text, Func<object?[], IComparable?> Of)> Key { get; } = RandomFilters.Pick<(string, Func<object?[], IComparable?>)>(
        ("Place/Name", row => Name(Of(row)) is { } name ? new Ordinal(name) : null),
        ("Place/Parent/Latitude", row => Latitude(Parent(Of(row)))),
        ("Place/Children/$count", row => Children(Of(row)).Count()),
        ("Low", row => (long?)row[Catalog.Get("Casualties")["Low"].Ordinal]));

    private static Revision Place(string id, string name, string? parent, double? latitude) =>
        Values.Record("Places", id, ("Name", name), ("ParentId", parent), ("Latitude", latitude));

    private static object?[]? Of(object?[] row) => Find((string?)row[PlaceId]);

    private static object?[]? Parent(object?[]? place) => Find((string?)place?[Set["ParentId"].Ordinal]);

    private static IEnumerable<object?[]> Children(object?[]? place) =>
        Places.Select(revision => revision.Values).Where(child => place is not null && (string?)child[Set["ParentId"].Ordinal] == (string)place[0]!)!;

    private static object?[]? Find(string? id) => Places.SingleOrDefault(place => place.Id == id)?.Values;

    private static string? Name(object?[]? place) => (string?)place?[Set["Name"].Ordinal];

    private static double? Latitude(object?[]? place) => (double?)place?[Set["Latitude"].Ordinal];

    private sealed record Ordinal(string Text) : IComparable
    {
        public int CompareTo(object? other) => string.CompareOrdinal(Text, ((Ordinal)other!).Text);
    }
}
