using ConflictData.Datasets;
using Microsoft.OpenApi;
using static ConflictData.OpenApi.Shapes;

namespace ConflictData.OpenApi;

/// <summary>GeoJSON of places and of zone memberships.</summary>
internal static class GeoSchemas
{
    private static readonly Dataset Places = Catalog.Get("Places");
    private static readonly Dataset Memberships = Catalog.Get("ZoneMemberships");

    private static readonly string[] OfPlace = ["Name", "NameArabic", "Kind", "CountryCode", "ParentId", "Pcode", "AdminLevel", "PlacePrecision", "PlaceSource"];

    /// <summary>Columns of a membership that its feature leaves out, or has elsewhere.</summary>
    private static readonly string[] NotOfZone = ["Id", "DatePrecision", "DateApproximate", "CitedSourceId"];

    public static IEnumerable<(string Name, OpenApiSchema Schema)> All() =>
    [
        ("PlaceFeatures", Collection("Every place at a release.", "A place.",
        [
            .. OfPlace.Select(name => Of(Places[name])),
            ("Country", Text("Name of the country.").OrNull()),
            ("FirstLevelPlace", Text("Name of the place directly in the country.").OrNull()),
            ("PlacePath", Text("The names from the country down.").OrNull()),
        ])),
        ("ZoneFeatures", Collection("Every zone membership that was claimed to hold on a day.", "A membership; rival claims are features of their own.",
        [
            .. Memberships.Columns.Where(column => column.Role != ColumnRole.System && !NotOfZone.Contains(column.Name)).Select(Of),
            ("Place", Text("Name of the place.").OrNull()),
            ("PlacePath", Text("The names from the country down.").OrNull()),
            ("Country", Text("Name of the country.").OrNull()),
            Of(Places["PlacePrecision"]),
            ("Zone", Text("Name of the zone.").OrNull()),
            ("ZoneKind", DatasetSchemas.Value(Catalog.Get("Zones")["Kind"], mayBeNull: true)),
            ("ControllingActor", Text("Name of the actor in control.").OrNull()),
            ("Claimant", Text("Name of the claimant.").OrNull()),
            ("Source", Text("Title of the source.").OrNull()),
        ])),
    ];

    private static OpenApiSchema Collection(string description, string feature, (string Name, IOpenApiSchema Schema)[] properties) => Object(
        $"{description} GeoJSON (RFC 7946).",
        ("type", Choice(["FeatureCollection"], "What it is.")),
        ("features", List(
            Object(
                feature,
                ("type", Choice(["Feature"], "What it is.")),
                ("id", Pattern(AccessSchemas.IdPattern, "The `Id` of the record.")),
                ("geometry", Point().OrNull()),
                ("properties", Object("What is known of it.", properties).Closed())).Closed(),
            "The features, by id."))).Closed();

    private static (string Name, IOpenApiSchema Schema) Of(Column column) => (column.Name, DatasetSchemas.Value(column));

    private static OpenApiSchema Point()
    {
        var coordinates = List(new OpenApiSchema { Type = JsonSchemaType.Number, Format = "double" }, "Longitude, then latitude, in degrees.");
        (coordinates.MinItems, coordinates.MaxItems) = (2, 2);
        return Object("Where it is; null where no coordinates are known.", ("type", Choice(["Point"], "What it is.")), ("coordinates", coordinates)).Closed();
    }
}
