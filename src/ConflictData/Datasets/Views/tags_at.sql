-- The tags that stand at a version, each with its release.
SELECT tag, release
FROM (SELECT tag, release FROM _tag_moves WHERE version <= at_tags QUALIFY row_number() OVER (PARTITION BY tag ORDER BY version DESC) = 1)
WHERE release IS NOT NULL
