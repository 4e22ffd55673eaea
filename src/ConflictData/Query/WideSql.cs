using System.Collections.Frozen;
using ConflictData.Datasets;

namespace ConflictData.Query;

/// <summary>
/// The views that widen a dataset, as a subquery: its live rows, with what their foreign keys lead to in plain columns. The
/// engine keeps a join whose columns nobody reads, so only those that are read are looked up.
/// </summary>
internal static class WideSql
{
    private const string Rows = "fact";

    /// <summary>What holds a place, by name.</summary>
    private static readonly (string Name, string Sql)[] Holders =
    [
        ("PlacePath", "place.path"), ("Country", "place.country"), ("FirstLevelPlaceId", "place.first_level_id"), ("FirstLevelPlace", "place.first_level"),
    ];

    private static readonly Lookup Place = PlaceOf(
        "PlaceId",
        [
            ("Place", "place.\"Name\""), ("PlaceKind", "place.\"Kind\""), ("CountryCode", "place.\"CountryCode\""), .. Holders,
            ("Latitude", "place.\"Latitude\""), ("Longitude", "place.\"Longitude\""), ("PlacePrecision", "place.\"PlacePrecision\""),
        ]);

    private static readonly Lookup Zone = new(
        release => $"""
            {ViewTableKind.Places.TableAt("zones", release)} AS zone
                ON zone.place_id = place.zone_place AND zone.first_day <= {Rows}."StartDate" AND zone.next_day > {Rows}."StartDate"
            """,
        [("ZoneKind", "zone.kind"), ("ZoneKinds", "zone.kinds")]);

    private static readonly FrozenDictionary<Dataset, Lookup[]> Lookups =
        Catalog.Views.Where(view => view.Extends is not null).ToFrozenDictionary(view => view, view => LookupsOf(view).ToArray());

    /// <param name="view">Which one.</param>
    /// <param name="release">A number, or what will be one.</param>
    /// <param name="rows">The table with the rows to widen.</param>
    /// <param name="read">The columns that are read; null = all.</param>
    public static string Of(Dataset view, string release, string rows, IReadOnlySet<string>? read)
    {
        Lookup[] used = [.. Lookups[view].Where(lookup => read?.Overlaps(lookup.Serves) ?? true)];
        var columns = used.SelectMany(lookup => lookup.Columns).Select(column => $"{column.Sql} AS {EngineSchema.Quote(column.Name)}");
        var joins = string.Concat(used.Select(lookup => "\nLEFT JOIN " + lookup.Join(release)));
        return $"""
            (SELECT {string.Join(", ", columns.Prepend(Rows + ".*"))}
            FROM {rows} AS {Rows}{joins}
            WHERE {Rows}._from <= {release} AND {Rows}._to > {release})
            """;
    }

    /// <summary>Places and zones come first: a condition on them then leaves fewer rows for which the others are looked up.</summary>
    private static IEnumerable<Lookup> LookupsOf(Dataset view)
    {
        if (view.Extends == "Places")
        {
            yield return PlaceOf("Id", Holders);
            yield return OfKey(view, Catalog.Get("Places")["ParentId"]);
            yield break;
        }

        yield return Place with { Serves = [.. Place.Serves, .. Zone.Serves] };
        yield return Zone;
        foreach (var key in Catalog.Get(view.Extends!).Columns.Where(column => column.References is not (null or "Places") && column.Name.EndsWith("Id", StringComparison.Ordinal)))
        {
            yield return OfKey(view, key);
        }
    }

    /// <summary>The place that a key leads to, among the places with their paths.</summary>
    private static Lookup PlaceOf(string key, IReadOnlyList<(string Name, string Sql)> columns) => new(
        release => $"{ViewTableKind.Places.TableAt("places", release)} AS place ON place.\"Id\" = {Rows}.{EngineSchema.Quote(key)}", columns);

    /// <summary>A record's name under that of the key to it, without Id; and its kind, where the view has it.</summary>
    private static Lookup OfKey(Dataset view, Column key)
    {
        var (name, target) = (key.Name[..^"Id".Length], Catalog.Get(key.References!));
        var table = "of_" + name;
        (string Name, string Of)[] columns = [(name, target.Find("Title") is null ? "Name" : "Title"), (name + "Kind", "Kind")];
        columns = [.. columns.Where(column => view.Find(column.Name) is not null)];
        return new(
            release => $"""
                {EngineSchema.Quote(target.Name)} AS {table}
                    ON {table}."Id" = {Rows}.{EngineSchema.Quote(key.Name)} AND {table}._from <= {release} AND {table}._to > {release}
                """,
            [.. columns.Select(column => (column.Name, $"{table}.{EngineSchema.Quote(column.Of)}"))]);
    }

    /// <summary>Something that is looked up for each row.</summary>
    /// <param name="Join">The table at a release and what it is joined on.</param>
    /// <param name="Columns">What it gives.</param>
    private sealed record Lookup(Func<string, string> Join, IReadOnlyList<(string Name, string Sql)> Columns)
    {
        /// <summary>The columns of the view that need it.</summary>
        public IReadOnlyList<string> Serves { get; init; } = [.. Columns.Select(column => column.Name)];
    }
}
