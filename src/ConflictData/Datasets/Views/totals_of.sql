-- The totals of the additive rows at a release by dataset, month, country and outcome.
WITH counted AS (
    SELECT 'Casualties' AS "Dataset", "Month", "PlaceId", "Outcome", "Low", "Best", "High"
    FROM "Casualties" WHERE "Additive" AND _from <= at_release AND _to > at_release
    UNION ALL
    SELECT 'Arrests', "Month", "PlaceId", "Outcome", "Low", "Best", "High"
    FROM "Arrests" WHERE "Additive" AND _from <= at_release AND _to > at_release
    UNION ALL
    SELECT 'AttackCounts', "Month", "PlaceId", 'attacks', "Low", "Best", "High"
    FROM "AttackCounts" WHERE "Additive" AND _from <= at_release AND _to > at_release
),
sums AS (
    SELECT counted."Dataset", counted."Month", place."CountryCode", min(place.country) AS "Country", counted."Outcome", {totals}
    FROM counted
    LEFT JOIN place_paths(at_release) AS place ON place."Id" = counted."PlaceId"
    GROUP BY counted."Dataset", counted."Month", place."CountryCode", counted."Outcome"
)
SELECT at_release::BIGINT AS "Release", *, {label} AS "Label" FROM sums
