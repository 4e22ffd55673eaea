using ConflictData.Api;

namespace ConflictData.Releases;

/// <summary>A redaction as the API describes it.</summary>
/// <param name="Release">The release that it is.</param>
/// <param name="CommittedAt">When it was made, UTC.</param>
/// <param name="Message">Why.</param>
/// <param name="Dataset">The record's dataset.</param>
/// <param name="Id">The record's id.</param>
/// <param name="Columns">The columns whose texts are gone.</param>
/// <param name="Releases">The releases that had brought them, oldest first.</param>
/// <param name="State"><c>removing</c>: nothing shows the texts any more, but copies of them may be in storage yet; <c>removed</c>, some two hours later: there are none.</param>
/// <param name="RemovedAt">When it was sure that no copy was left, UTC; null before.</param>
/// <param name="Link">The release as the API describes it.</param>
public sealed record RedactionDocument(
    int Release,
    DateTimeOffset CommittedAt,
    string? Message,
    string Dataset,
    string Id,
    IReadOnlyList<string> Columns,
    IReadOnlyList<int> Releases,
    string State,
    DateTimeOffset? RemovedAt,
    Uri Link)
{
    internal static RedactionDocument Of(Commit commit, RemovalStage? stage, Links links) => new(
        commit.Release,
        commit.CommittedAt,
        commit.Message,
        commit.Redaction!.Dataset,
        commit.Redaction.Id,
        commit.Redaction.Columns,
        commit.Redaction.Releases,
        stage?.RemovedAt is null ? "removing" : "removed",
        stage?.RemovedAt,
        links.To($"releases/{commit.Release}"));
}

/// <summary>The redactions of a record, newest first.</summary>
/// <param name="Redactions">The redactions.</param>
public sealed record RedactionList(IReadOnlyList<RedactionDocument> Redactions);
