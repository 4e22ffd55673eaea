using ConflictData.Api;

namespace ConflictData.OpenApi;

/// <summary>Places and zones for maps.</summary>
internal static class GeoOperations
{
    private const string GeoJson = "application/geo+json";

    public static IEnumerable<Operation> All() =>
    [
        Of("GeoPlaces", "getPlaceFeatures", "Every place at a release, as GeoJSON", ["releaseOption", "ifNoneMatch", "ifAny"], "PlaceFeatures", "placeFeatures"),
        Of("GeoZones", "getZoneFeatures", "Every zone membership that was claimed to hold on a day, as GeoJSON", ["releaseOption", "date", "ifNoneMatch", "ifAny"], "ZoneFeatures", "zoneFeatures"),
    ];

    private static Operation Of(string function, string id, string summary, string[] parameters, string schema, string example) => new(function, id, summary)
    {
        Tag = Tags.Maps, AnyOf = Common.Read, Parameters = parameters,
        Answers =
        [
            (200, Answers.Of("The features.", ["Conflict-Release", "ETag"], (GeoJson, Answers.Content(schema, example)))),
            Answers.NotModified,
        ],
        Errors = [ErrorCode.ReleaseNotFound, .. Common.OfEngine],
    };
}
