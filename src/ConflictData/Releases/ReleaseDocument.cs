using ConflictData.Api;

namespace ConflictData.Releases;

/// <summary>A release as the API describes it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="CommittedAt">When it was committed, UTC.</param>
/// <param name="Submission">The submission that it is.</param>
/// <param name="Mode">upsert, replace or redaction.</param>
/// <param name="Reason">The submission's reason, where it gave one.</param>
/// <param name="Message">The submission's message, where it gave one.</param>
/// <param name="Revisions">How many revisions it brought to which dataset.</param>
/// <param name="Redaction">What it took out of the releases before it; null for a submission.</param>
/// <param name="Tags">Its tags, by name.</param>
/// <param name="TagMoves">Every tag that was put on it or moved away from it, oldest first.</param>
/// <param name="Feed">The feed at this release.</param>
public sealed record ReleaseDocument(
    int Number,
    DateTimeOffset CommittedAt,
    string Submission,
    string Mode,
    string? Reason,
    string? Message,
    IReadOnlyDictionary<string, int> Revisions,
    RedactedTextDocument? Redaction,
    IReadOnlyList<string> Tags,
    IReadOnlyList<TagMoveDocument> TagMoves,
    Uri Feed)
{
    internal static ReleaseDocument Of(Commit commit, TagHistory tags, Links links) => new(
        commit.Release,
        commit.CommittedAt,
        commit.SubmissionId,
        commit.Mode,
        commit.Reason,
        commit.Message,
        commit.Datasets.ToDictionary(extent => extent.Dataset, extent => extent.Rows),
        commit.Redaction is { } redaction ? new(redaction.Dataset, redaction.Id, redaction.Columns, redaction.Releases) : null,
        tags.On(commit.Release),
        [.. tags.Of(commit.Release).Select(move => new TagMoveDocument(move.Tag, move.From, move.To, move.MovedAt, move.Owner, move.Message))],
        links.To($"releases/{commit.Release}/odata/"));
}

/// <summary>What a redaction took away.</summary>
/// <param name="Dataset">The record's dataset.</param>
/// <param name="Id">The record's id.</param>
/// <param name="Columns">The columns whose texts are gone.</param>
/// <param name="Releases">The releases that had brought them, oldest first.</param>
public sealed record RedactedTextDocument(string Dataset, string Id, IReadOnlyList<string> Columns, IReadOnlyList<int> Releases);

/// <summary>A move of a tag as the API describes it.</summary>
/// <param name="Tag">The tag.</param>
/// <param name="From">The release that it was on; null where it was on none.</param>
/// <param name="To">The release that it was put on; null where it was taken away.</param>
/// <param name="MovedAt">When, UTC.</param>
/// <param name="Owner">By whom.</param>
/// <param name="Message">Why, where that was said.</param>
public sealed record TagMoveDocument(string Tag, int? From, int? To, DateTimeOffset MovedAt, string Owner, string? Message);

/// <summary>Some releases, newest first.</summary>
/// <param name="Releases">The releases.</param>
/// <param name="Next">Address of older ones; null where there are none.</param>
public sealed record ReleaseList(IReadOnlyList<ReleaseDocument> Releases, Uri? Next);
