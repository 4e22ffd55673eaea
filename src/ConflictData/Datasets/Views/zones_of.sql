-- For every place that any membership is of, from one day to before another: the kinds of zone of the place then, else of the
-- nearest place that holds it. They change only on days on which a membership begins, or has ended on the day before.
WITH members AS (
    SELECT "PlaceId", "ZoneId", "Grade", coalesce("ValidFrom", '-infinity'::DATE) AS first_day, coalesce("ValidTo" + 1, 'infinity'::DATE) AS next_day
    FROM "ZoneMemberships" WHERE _from <= at_release AND _to > at_release
),
claims AS (
    SELECT
        chain.place_id, chain.steps, members.first_day, members.next_day, zone."Kind",
        list_position(['confirmed', 'fair', 'weak'], members."Grade") AS grade,
        list_position(['hot', 'accumulation', 'hideout', 'stronghold', 'securityVacuum', 'formerStronghold', 'control'], zone."Kind") AS place_in_list
    FROM members
    JOIN "Zones" AS zone ON zone."Id" = members."ZoneId" AND zone._from <= at_release AND zone._to > at_release
    JOIN place_chain(at_release) AS chain ON chain.holder_id = members."PlaceId"
    WHERE members."Grade" IN ('confirmed', 'fair', 'weak') AND chain.place_id IN (SELECT "PlaceId" FROM members)
),
turns AS (
    SELECT place_id, first_day AS day FROM claims UNION SELECT place_id, next_day FROM claims
),
periods AS (
    SELECT place_id, day AS first_day, lead(day) OVER (PARTITION BY place_id ORDER BY day) AS next_day FROM turns
),
found AS (
    SELECT periods.*, claims."Kind", claims.grade, claims.place_in_list
    FROM periods
    JOIN claims ON claims.place_id = periods.place_id AND claims.first_day <= periods.first_day AND claims.next_day > periods.first_day
    QUALIFY claims.steps = min(claims.steps) OVER (PARTITION BY periods.place_id, periods.first_day)
),
kinds AS (
    SELECT place_id, first_day, next_day, "Kind", place_in_list, min(grade) AS grade FROM found GROUP BY ALL
)
SELECT
    place_id, first_day, next_day,
    arg_min("Kind", grade * 100 + place_in_list) AS kind,
    string_agg("Kind", '; ' ORDER BY place_in_list) AS kinds
FROM kinds
GROUP BY place_id, first_day, next_day
