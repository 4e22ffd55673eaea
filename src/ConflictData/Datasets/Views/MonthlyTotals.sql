WITH counted AS (
    SELECT 'Casualties' AS "Dataset", "Month", "CountryCode", "Country", "FirstLevelPlaceId", "FirstLevelPlace",
        "PartyId", "Outcome", "ZoneKind", "Low", "Best", "High"
    FROM {CasualtiesWide} WHERE "Additive"
    UNION ALL
    SELECT 'Arrests', "Month", "CountryCode", "Country", "FirstLevelPlaceId", "FirstLevelPlace",
        "SuspectActorId", "Outcome", "ZoneKind", "Low", "Best", "High"
    FROM {ArrestsWide} WHERE "Additive"
    UNION ALL
    SELECT 'AttackCounts', "Month", "CountryCode", "Country", "FirstLevelPlaceId", "FirstLevelPlace",
        "PerpetratorId", 'attacks', "ZoneKind", "Low", "Best", "High"
    FROM {AttackCountsWide} WHERE "Additive"
),
sums AS (
    SELECT "Dataset", "Month", "CountryCode", min("Country") AS "Country", "FirstLevelPlaceId", any_value("FirstLevelPlace") AS "FirstLevelPlace",
        "PartyId", "Outcome", "ZoneKind", {totals}
    FROM counted
    GROUP BY "Dataset", "Month", "CountryCode", "FirstLevelPlaceId", "PartyId", "Outcome", "ZoneKind"
)
SELECT sums.*, party."Name" AS "Party",
    row_number() OVER (ORDER BY "Dataset", "Month" NULLS FIRST, "CountryCode" NULLS FIRST, "FirstLevelPlaceId" NULLS FIRST, "PartyId" NULLS FIRST, "Outcome", "ZoneKind" NULLS FIRST) AS _seq,
    concat_ws(':', "Dataset", coalesce(strftime("Month", '%Y-%m'), '-'), coalesce(sums."CountryCode", '-'), coalesce("FirstLevelPlaceId", '-'),
        coalesce("PartyId", '-'), "Outcome", coalesce("ZoneKind", '-')) AS "Id",
    {label} AS "Label"
FROM sums
LEFT JOIN "Actors" AS party ON party."Id" = sums."PartyId" AND party._from <= {release} AND party._to > {release}
