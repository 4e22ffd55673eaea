-- Every place with the names above it, its country, the place directly in that country, and the place whose zones are its own:
-- the nearest one that any membership is of.
SELECT
    place."Id", place."Name", place."Kind", place."CountryCode", place."Latitude", place."Longitude", place."PlacePrecision",
    above.path, above.country, above.first_level_id, above.first_level, above.zone_place
FROM "Places" AS place
JOIN (
    SELECT
        chain.place_id,
        string_agg(holder."Name", ' / ' ORDER BY chain.steps DESC) AS path,
        arg_min(holder."Name", chain.steps) FILTER (WHERE holder."Kind" = 'country') AS country,
        arg_min(holder."Id", chain.steps) FILTER (WHERE parent."Kind" = 'country') AS first_level_id,
        arg_min(holder."Name", chain.steps) FILTER (WHERE parent."Kind" = 'country') AS first_level,
        arg_min(holder."Id", chain.steps) FILTER (WHERE holder."Id" IN (SELECT "PlaceId" FROM "ZoneMemberships" WHERE _from <= at_release AND _to > at_release)) AS zone_place
    FROM place_chain(at_release) AS chain
    JOIN "Places" AS holder ON holder."Id" = chain.holder_id AND holder._from <= at_release AND holder._to > at_release
    LEFT JOIN "Places" AS parent ON parent."Id" = holder."ParentId" AND parent._from <= at_release AND parent._to > at_release
    GROUP BY chain.place_id
) AS above ON above.place_id = place."Id"
WHERE place._from <= at_release AND place._to > at_release
