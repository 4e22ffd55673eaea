-- Every place with itself (steps 0) and each place that holds it. More steps than that mean a circle.
WITH RECURSIVE chain(place_id, holder_id, next_id, steps) AS (
    SELECT "Id", "Id", "ParentId", 0 FROM "Places" WHERE _from <= at_release AND _to > at_release
    UNION ALL
    SELECT chain.place_id, holder."Id", holder."ParentId", chain.steps + 1
    FROM chain
    JOIN "Places" AS holder ON holder."Id" = chain.next_id AND holder._from <= at_release AND holder._to > at_release
    WHERE chain.steps < 64
)
SELECT place_id, holder_id, steps FROM chain
