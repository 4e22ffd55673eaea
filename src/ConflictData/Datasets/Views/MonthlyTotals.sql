WITH counted AS (
    SELECT 'Casualties' AS "Dataset", "Month", "CountryCode", "Country", "FirstLevelPlaceId", "FirstLevelPlace",
        "PartyId", "Party", "Outcome", "ZoneKind", "Low", "Best", "High"
    FROM "CasualtiesWide"(at_release, first_seq, last_seq) WHERE "Additive"
    UNION ALL
    SELECT 'Arrests', "Month", "CountryCode", "Country", "FirstLevelPlaceId", "FirstLevelPlace",
        "SuspectActorId", "SuspectActor", "Outcome", "ZoneKind", "Low", "Best", "High"
    FROM "ArrestsWide"(at_release, first_seq, last_seq) WHERE "Additive"
    UNION ALL
    SELECT 'AttackCounts', "Month", "CountryCode", "Country", "FirstLevelPlaceId", "FirstLevelPlace",
        "PerpetratorId", "Perpetrator", 'attacks', "ZoneKind", "Low", "Best", "High"
    FROM "AttackCountsWide"(at_release, first_seq, last_seq) WHERE "Additive"
),
sums AS (
    SELECT "Dataset", "Month", "CountryCode", any_value("Country") AS "Country", "FirstLevelPlaceId", any_value("FirstLevelPlace") AS "FirstLevelPlace",
        "PartyId", any_value("Party") AS "Party", "Outcome", "ZoneKind", {totals}
    FROM counted
    GROUP BY "Dataset", "Month", "CountryCode", "FirstLevelPlaceId", "PartyId", "Outcome", "ZoneKind"
)
SELECT *,
    row_number() OVER (ORDER BY "Dataset", "Month" NULLS FIRST, "CountryCode" NULLS FIRST, "FirstLevelPlaceId" NULLS FIRST, "PartyId" NULLS FIRST, "Outcome", "ZoneKind" NULLS FIRST) AS _seq,
    concat_ws(':', "Dataset", coalesce(strftime("Month", '%Y-%m'), '-'), coalesce("CountryCode", '-'), coalesce("FirstLevelPlaceId", '-'),
        coalesce("PartyId", '-'), "Outcome", coalesce("ZoneKind", '-')) AS "Id",
    {label} AS "Label"
FROM sums
