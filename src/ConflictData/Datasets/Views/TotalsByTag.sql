-- A tagged release always has a row of its number alone; without it its totals were never computed, and none would look like none.
SELECT
    row_number() OVER (ORDER BY lower(tags.tag), totals."Dataset", totals."Month" NULLS FIRST, totals."CountryCode" NULLS FIRST, totals."Outcome") AS _seq,
    concat_ws(':', tags.tag, totals."Dataset", coalesce(strftime(totals."Month", '%Y-%m'), '-'), coalesce(totals."CountryCode", '-'), totals."Outcome") AS "Id",
    tags.tag AS "Tag",
    totals.*
FROM tags_at(at_tags) AS tags
LEFT JOIN _tag_totals AS totals ON totals."Release" = tags.release
WHERE tags.release <= at_release
    AND CASE WHEN totals."Release" IS NULL THEN error('The totals of release ' || tags.release || ' are not computed.') ELSE totals."Dataset" IS NOT NULL END
