using System.Globalization;
using ConflictData.Query;

namespace ConflictData.Geo;

/// <summary>
/// The queries behind the features: a feature's id, its latitude and its longitude first, then its properties under their names.
/// </summary>
internal static class GeoSql
{
    private const string Criteria =
        """
        membership."Recruitment", membership."ProtectionMoney", membership."Allegiance", membership."Repentance", membership."AttacksOnAuthorities",
        membership."WeakAdministration", membership."LifestylePressure", membership."Justice", membership."NightCheckpoints"
        """;

    /// <summary>Every place at a release, by Id.</summary>
    public static SqlQuery Places(int release) => new(
        string.Create(CultureInfo.InvariantCulture, $"""
            SELECT place."Id", place."Latitude", place."Longitude",
                place."Name", place."NameArabic", place."Kind", place."CountryCode", above.country AS "Country", above.first_level AS "FirstLevelPlace",
                above.path AS "PlacePath", place."ParentId", place."Pcode", place."AdminLevel", place."PlacePrecision", place."PlaceSource"
            FROM "Places" AS place
            JOIN place_paths({release}) AS above ON above."Id" = place."Id"
            WHERE {Live("place", release)}
            ORDER BY place."Id"
            """),
        [],
        QueryClass.Heavy);

    /// <summary>Every membership that holds on a day, at a release, by Id; an end that is not said is open.</summary>
    public static SqlQuery Zones(int release, DateOnly day) => new(
        string.Create(CultureInfo.InvariantCulture, $"""
            SELECT membership."Id", place."Latitude", place."Longitude",
                membership."PlaceId", place."Name" AS "Place", place.path AS "PlacePath", place.country AS "Country", place."PlacePrecision",
                membership."ZoneId", zone."Name" AS "Zone", zone."Kind" AS "ZoneKind", membership."ControllingActorId", controlling."Name" AS "ControllingActor",
                membership."Date", membership."ValidFrom", membership."ValidTo", {Criteria},
                membership."ClaimantId", claimant."Name" AS "Claimant", membership."SourceId", source."Title" AS "Source",
                membership."SourceLocator", membership."Grade", membership."Note"
            FROM "ZoneMemberships" AS membership
            JOIN place_paths({release}) AS place ON place."Id" = membership."PlaceId"
            LEFT JOIN "Zones" AS zone ON zone."Id" = membership."ZoneId" AND {Live("zone", release)}
            LEFT JOIN "Actors" AS controlling ON controlling."Id" = membership."ControllingActorId" AND {Live("controlling", release)}
            LEFT JOIN "Actors" AS claimant ON claimant."Id" = membership."ClaimantId" AND {Live("claimant", release)}
            LEFT JOIN "Sources" AS source ON source."Id" = membership."SourceId" AND {Live("source", release)}
            WHERE {Live("membership", release)}
                AND (membership."ValidFrom" IS NULL OR membership."ValidFrom" <= $1) AND (membership."ValidTo" IS NULL OR membership."ValidTo" >= $1)
            ORDER BY membership."Id"
            """),
        [day],
        QueryClass.Heavy);

    private static string Live(string table, int release) => string.Create(CultureInfo.InvariantCulture, $"{table}._from <= {release} AND {table}._to > {release}");
}
