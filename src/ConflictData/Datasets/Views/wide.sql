SELECT
    fact.*,
    place."Name" AS "Place",
    place."Kind" AS "PlaceKind",
    place.path AS "PlacePath",
    place."CountryCode",
    place.country AS "Country",
    place.first_level_id AS "FirstLevelPlaceId",
    place.first_level AS "FirstLevelPlace",
    place."Latitude",
    place."Longitude",
    place."PlacePrecision",
    event."Name" AS "Event",
    event."Kind" AS "EventKind",
    {actors},
    claimant."Name" AS "Claimant",
    source."Title" AS "Source",
    cited."Title" AS "CitedSource",
    zone.kind AS "ZoneKind",
    zone.kinds AS "ZoneKinds"
FROM "{fact}" AS fact
LEFT JOIN place_paths(at_release) AS place ON place."Id" = fact."PlaceId"
LEFT JOIN "Events" AS event ON event."Id" = fact."EventId" AND event._from <= at_release AND event._to > at_release
{actor_joins}
LEFT JOIN "Actors" AS claimant ON claimant."Id" = fact."ClaimantId" AND claimant._from <= at_release AND claimant._to > at_release
LEFT JOIN "Sources" AS source ON source."Id" = fact."SourceId" AND source._from <= at_release AND source._to > at_release
LEFT JOIN "Sources" AS cited ON cited."Id" = fact."CitedSourceId" AND cited._from <= at_release AND cited._to > at_release
LEFT JOIN zones_of('{fact}', at_release, first_seq, last_seq) AS zone ON zone.place_id = fact."PlaceId" AND zone.day = fact."StartDate"
WHERE fact._seq BETWEEN first_seq AND last_seq AND fact._from <= at_release AND fact._to > at_release
