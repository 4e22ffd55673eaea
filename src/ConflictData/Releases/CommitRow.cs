using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Data.Tables;

namespace ConflictData.Releases;

/// <summary>The two rows of a commit in partition log of table Commits: the release's, and its submission's.</summary>
internal static class CommitRow
{
    public const string Log = "log";

    /// <summary>Counts down, so that the head is the first row; s.* rows sort after all of them.</summary>
    public static string Key(int release) => "c" + (int.MaxValue - release).ToString("D10", CultureInfo.InvariantCulture);

    public static string SubmissionKey(string submissionId) => "s." + submissionId;

    public static TableEntity Write(Commit commit) => new(Log, Key(commit.Release))
    {
        ["Release"] = commit.Release,
        ["SubmissionId"] = commit.SubmissionId,
        ["Attempt"] = commit.Attempt,
        ["CommittedAt"] = commit.CommittedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        ["Owner"] = commit.Owner,
        ["Mode"] = commit.Mode,
        ["Reason"] = commit.Reason,
        ["Message"] = commit.Message,
        ["PayloadHash"] = commit.PayloadHash,
        ["Datasets"] = JsonSerializer.Serialize(commit.Datasets, ExtentsJson.Default.IReadOnlyListDatasetExtent),
        ["Redaction"] = commit.Redaction is null ? null : JsonSerializer.Serialize(commit.Redaction, RedactionJson.Default.Redaction),
    };

    public static Commit Read(TableEntity row) => new()
    {
        Release = row.GetInt32("Release")!.Value,
        SubmissionId = row.GetString("SubmissionId"),
        Attempt = row.GetInt32("Attempt")!.Value,
        CommittedAt = DateTimeOffset.Parse(row.GetString("CommittedAt"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        Owner = row.GetString("Owner"),
        Mode = row.GetString("Mode"),
        Reason = row.GetString("Reason"),
        Message = row.GetString("Message"),
        PayloadHash = row.GetString("PayloadHash"),
        Datasets = JsonSerializer.Deserialize(row.GetString("Datasets"), ExtentsJson.Default.IReadOnlyListDatasetExtent)!,
        Redaction = row.GetString("Redaction") is { } redaction ? JsonSerializer.Deserialize(redaction, RedactionJson.Default.Redaction) : null,
    };

    public static TableEntity Committed(Commit commit) => new(Log, SubmissionKey(commit.SubmissionId))
    {
        ["Release"] = commit.Release,
        ["Attempt"] = commit.Attempt,
    };

    public static TableEntity Abandoned(string submissionId) => new(Log, SubmissionKey(submissionId)) { ["Abandoned"] = true };

    public static bool IsAbandoned(TableEntity submission) => submission.GetBoolean("Abandoned") == true;
}

[JsonSerializable(typeof(IReadOnlyList<DatasetExtent>))]
internal sealed partial class ExtentsJson : JsonSerializerContext;
