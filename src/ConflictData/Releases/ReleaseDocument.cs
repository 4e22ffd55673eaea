using ConflictData.Api;

namespace ConflictData.Releases;

/// <summary>A release as the API describes it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="CommittedAt">When it was committed, UTC.</param>
/// <param name="Submission">The submission that it is.</param>
/// <param name="Mode">upsert or replace.</param>
/// <param name="Reason">The submission's reason, where it gave one.</param>
/// <param name="Message">The submission's message, where it gave one.</param>
/// <param name="Revisions">How many revisions it brought to which dataset.</param>
/// <param name="Feed">The feed at this release.</param>
public sealed record ReleaseDocument(
    int Number,
    DateTimeOffset CommittedAt,
    string Submission,
    string Mode,
    string? Reason,
    string? Message,
    IReadOnlyDictionary<string, int> Revisions,
    Uri Feed)
{
    internal static ReleaseDocument Of(Commit commit, Links links) => new(
        commit.Release,
        commit.CommittedAt,
        commit.SubmissionId,
        commit.Mode,
        commit.Reason,
        commit.Message,
        commit.Datasets.ToDictionary(extent => extent.Dataset, extent => extent.Rows),
        links.To($"releases/{commit.Release}/odata/"));
}

/// <summary>Some releases, newest first.</summary>
/// <param name="Releases">The releases.</param>
/// <param name="Next">Address of older ones; null where there are none.</param>
public sealed record ReleaseList(IReadOnlyList<ReleaseDocument> Releases, Uri? Next);
