using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.Query;
using ConflictData.Submissions;

namespace ConflictData.Releases;

/// <summary>Makes a redaction: finds the revisions that have the texts, reckons what the log says of them from then on, and commits it as a release.</summary>
internal sealed class Redactor(IReleaseStore store, Engine engine, ReleaseFollower follower, TimeProvider clock)
{
    /// <summary>Races that a redaction may lose before it waits for a turn.</summary>
    private const int LossesBeforeTurn = 5;

    /// <returns>The release that it is, and whether this call made it; or why there is none.</returns>
    public async Task<Result<Redacted>> Run(string owner, Dataset dataset, string id, RedactionRequest asked)
    {
        var submission = SubmissionRows.NewId();
        for (var lost = 0; ; lost++)
        {
            await using var turn = lost >= LossesBeforeTurn ? await store.TakeTurn(CancellationToken.None) : null;
            if (!(await follower.Newest(CancellationToken.None)).Succeeded(out var history, out var error)
                || !(await Revisions(dataset, id, asked.Columns!)).Succeeded(out var revisions, out error))
            {
                return error;
            }

            if (!Choose(dataset, id, asked, revisions).Succeeded(out var chosen, out error))
            {
                return error;
            }

            if (chosen.Count == 0)
            {
                var (live, before) = (revisions.FirstOrDefault(revision => revision.IsLive), Before(history, dataset, revisions[0].Id, asked));
                return live is { HasText: true } && !(before?.Release > live.Release) ? StandsNow(live, $"Only {live.Id} as it stands now has a text in {string.Join(", ", asked.Columns!)}.")
                    : before is not null ? new Redacted(before, IsNew: false)
                    : new ApiError(ErrorCode.Conflict, $"No such revision of {revisions[0].Id} has a text in {string.Join(", ", asked.Columns!)}.");
            }

            var redaction = new Redaction(dataset.Name, revisions[0].Id, asked.Columns!, [.. chosen.Select(revision => new RedactedRevision(revision.Release, revision.Sequence, ""))]);
            if (!(await WithHashes(redaction, dataset, history)).Succeeded(out var hashed, out error))
            {
                return error;
            }

            if (hashed.Redaction is not { } complete)
            {
                // Another redaction of the same release came between; what is here is not what the log was when it was read.
                continue;
            }

            var result = await store.TryCommit(ToCommit(submission, owner, asked, complete, history), CancellationToken.None);
            if (result.Commit is { } commit)
            {
                await follower.Applied(new CommittedRevisions(commit, []));
                return new Redacted(commit, IsNew: true);
            }
        }
    }

    /// <summary>The revisions of a record, newest first, with their texts in some columns.</summary>
    private async Task<Result<IReadOnlyList<TextRevision>>> Revisions(Dataset dataset, string id, IReadOnlyList<string> columns)
    {
        if (await engine.SequenceOf(dataset, id, CancellationToken.None) is not { } last)
        {
            return new ApiError(ErrorCode.NotFound, $"{dataset} has never had a record of this id.") { Target = "id" };
        }

        if (!(await engine.Execute(Query(dataset, last, columns), CancellationToken.None)).Succeeded(out var rows, out var error))
        {
            return error;
        }

        using (rows)
        {
            return rows.Rows().Select(row => new TextRevision(
                (string)row[0]!, (int)(long)row[1]!, (long)row[2]!, (bool)row[3]!,
                [.. columns.Select((_, index) => (string?)row[4 + index])])).ToList();
        }
    }

    private static SqlQuery Query(Dataset dataset, long last, IReadOnlyList<string> columns)
    {
        var table = EngineSchema.Quote(dataset.Name);
        return new(
            string.Create(CultureInfo.InvariantCulture, $"""
                WITH named AS MATERIALIZED (SELECT "Id" AS wanted FROM {table} WHERE _seq = {last})
                SELECT "Id", _from::BIGINT, _seq, _to = {EngineSchema.Open}, {string.Join(", ", columns.Select(EngineSchema.Quote))}
                FROM {table} WHERE "Id" = (SELECT wanted FROM named) ORDER BY _seq DESC
                """),
            [], QueryClass.Heavy);
    }

    /// <summary>The revisions that have a text to be taken away, oldest first; never that by which the record stands, for a live record is corrected or retracted.</summary>
    private static Result<IReadOnlyList<TextRevision>> Choose(Dataset dataset, string id, RedactionRequest asked, IReadOnlyList<TextRevision> revisions)
    {
        var live = revisions.FirstOrDefault(revision => revision.IsLive);
        if (asked.Releases?.Except(revisions.Select(revision => revision.Release)).ToList() is [var strange, ..])
        {
            return new ApiError(ErrorCode.BadRequest, $"Release {strange} brought no revision of {id}; see datasets/{dataset}/records/{id}/history.") { Target = "releases" };
        }

        if (live is not null && asked.Releases?.Contains(live.Release) == true)
        {
            return StandsNow(live, $"Release {live.Release} brought {live.Id} as it stands now.");
        }

        var chosen = revisions.Reverse().Where(revision => !revision.IsLive && revision.HasText && asked.Releases?.Contains(revision.Release) != false).ToList();
        var gone = chosen.SelectMany(revision => revision.Texts.Index()).ToHashSet();
        return live?.Texts.Index().FirstOrDefault(text => text.Item is not null && gone.Contains(text)) is { Item: not null } still
                ? StandsNow(live, $"{live.Id} says the same in {asked.Columns![still.Index]} as it stands now.")
            : chosen.Count > Redaction.MostRevisions
                ? new ApiError(ErrorCode.BadRequest, $"{chosen.Count} revisions have such a text; name the releases of at most {Redaction.MostRevisions} at a time.") { Target = "releases" }
            : chosen;
    }

    private static ApiError StandsNow(TextRevision live, string why) =>
        new(ErrorCode.Conflict, $"{why} Correct it first, by a submission without the text, or retract it (release {live.Release} is the last that touched it); then take the text out of what was before.");

    /// <summary>
    /// The redaction with the hashes that the log has from now on; none where the engine has gone on meanwhile. Its revisions are compared with the log on
    /// the way: what is written for ever must not be reckoned from anything else.
    /// </summary>
    private Task<Result<Hashed>> WithHashes(Redaction redaction, Dataset dataset, ReleaseHistory history) => engine.Session(
        connection =>
        {
            var hashes = new Dictionary<int, string>();
            using RevisionHash now = new(), then = new();
            foreach (var touched in redaction.Revisions.GroupBy(revision => revision.Release, revision => revision.Sequence))
            {
                var extent = history.Find(touched.Key)!.Datasets.Single(extent => extent.Dataset == dataset.Name);
                var sequences = touched.ToHashSet();
                foreach (var row in StoredRevisions.Read(connection, dataset, StoredRevisions.Query(dataset, extent), CancellationToken.None))
                {
                    now.Add(row.Revision);
                    then.Add(sequences.Contains(row.Sequence) ? redaction.Apply(row.Revision) : row.Revision);
                }

                if (now.End() != history.Redactions.HashOf(touched.Key, extent))
                {
                    return engine.History.Commits.Count != history.Commits.Count
                        ? new Hashed(null)
                        : throw new InvalidDataException($"Release {touched.Key}: the revisions of {dataset} here are not those of the log.");
                }

                hashes[touched.Key] = then.End();
            }

            return new Hashed(redaction with { Revisions = [.. redaction.Revisions.Select(revision => revision with { Hash = hashes[revision.Release] })] });
        },
        CancellationToken.None);

    private Commit ToCommit(string submission, string owner, RedactionRequest asked, Redaction redaction, ReleaseHistory history) => new()
    {
        Release = history.Commits.Count + 1,
        SubmissionId = submission,
        Attempt = 1,
        CommittedAt = CommitClock.After(history.Head?.CommittedAt, clock),
        Owner = owner,
        Mode = "redaction",
        Message = asked.Message,
        PayloadHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{redaction.Dataset}\n{redaction.Id}\n{string.Join(',', redaction.Columns)}"))),
        Datasets = [],
        Redaction = redaction,
    };

    /// <summary>The newest redaction that took away what a call is about, as far as it can be told; null where there is none.</summary>
    private static Commit? Before(ReleaseHistory history, Dataset dataset, string id, RedactionRequest asked) => history.Redactions.All.LastOrDefault(commit =>
        commit.Redaction is { } redaction && redaction.Dataset == dataset.Name && redaction.Id == id && redaction.Columns.Intersect(asked.Columns!).Any());

    private sealed record Hashed(Redaction? Redaction);

    /// <summary>A revision with its texts in the columns that are asked for.</summary>
    private sealed record TextRevision(string Id, int Release, long Sequence, bool IsLive, IReadOnlyList<string?> Texts)
    {
        public bool HasText => Texts.Any(text => text is not null && text != Redaction.Mark);
    }
}

/// <summary>A redaction in the log.</summary>
/// <param name="Commit">The release that it is.</param>
/// <param name="IsNew">False where an earlier call made it.</param>
internal sealed record Redacted(Commit Commit, bool IsNew);
