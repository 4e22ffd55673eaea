WITH changes AS (
    {changes}
),
moved AS (
    SELECT release, {moved} FROM changes GROUP BY release
),
tagged AS (
    SELECT release, string_agg(tag, '; ' ORDER BY lower(tag)) AS tags FROM tags_at(at_tags) GROUP BY release
)
SELECT
    commits.release::BIGINT AS _seq,
    commits.release::VARCHAR AS "Id",
    commits.release::BIGINT AS "Number",
    tagged.tags AS "Tag",
    commits.committed_at AS "CommittedAt",
    commits.reason AS "Reason",
    commits.message AS "Message",
    {counts}
FROM _commits AS commits
LEFT JOIN moved USING (release)
LEFT JOIN tagged USING (release)
WHERE commits.release <= at_release
