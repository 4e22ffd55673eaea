-- For every place and first day of a dataset's claims: the kinds of zone of the place then, else of the nearest place that holds it.
WITH claims AS (
    SELECT
        membership."PlaceId", membership."ValidFrom", membership."ValidTo", zone."Kind",
        list_position(['confirmed', 'fair', 'weak'], membership."Grade") AS grade,
        list_position(['hot', 'accumulation', 'hideout', 'stronghold', 'securityVacuum', 'formerStronghold', 'control'], zone."Kind") AS place_in_list
    FROM "ZoneMemberships" AS membership
    JOIN "Zones" AS zone ON zone."Id" = membership."ZoneId" AND zone._from <= at_release AND zone._to > at_release
    WHERE membership._from <= at_release AND membership._to > at_release AND membership."Grade" IN ('confirmed', 'fair', 'weak')
),
asked AS (
    SELECT DISTINCT "PlaceId", "StartDate" FROM query_table(facts)
    WHERE _seq BETWEEN first_seq AND last_seq AND _from <= at_release AND _to > at_release AND "StartDate" IS NOT NULL
),
found AS (
    SELECT asked."PlaceId" AS place_id, asked."StartDate" AS day, chain.steps, claims."Kind", claims.grade, claims.place_in_list
    FROM asked
    JOIN place_chain(at_release) AS chain ON chain.place_id = asked."PlaceId"
    JOIN claims ON claims."PlaceId" = chain.holder_id
        AND (claims."ValidFrom" IS NULL OR claims."ValidFrom" <= asked."StartDate")
        AND (claims."ValidTo" IS NULL OR claims."ValidTo" >= asked."StartDate")
    QUALIFY chain.steps = min(chain.steps) OVER (PARTITION BY asked."PlaceId", asked."StartDate")
),
kinds AS (
    SELECT place_id, day, "Kind", place_in_list, min(grade) AS grade FROM found GROUP BY ALL
)
SELECT
    place_id, day,
    arg_min("Kind", grade * 100 + place_in_list) AS kind,
    string_agg("Kind", '; ' ORDER BY place_in_list) AS kinds
FROM kinds
GROUP BY place_id, day
