WITH changes AS (
    {changes}
),
moved AS (
    SELECT release, {moved} FROM changes GROUP BY release
)
SELECT
    commits.release::BIGINT AS _seq,
    commits.release::VARCHAR AS "Id",
    commits.release::BIGINT AS "Number",
    NULL::VARCHAR AS "Tag",
    commits.committed_at AS "CommittedAt",
    commits.reason AS "Reason",
    commits.message AS "Message",
    {counts}
FROM _commits AS commits
LEFT JOIN moved USING (release)
WHERE commits.release <= at_release
