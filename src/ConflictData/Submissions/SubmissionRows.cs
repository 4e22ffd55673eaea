using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Submissions;

/// <summary>
/// The rows of table Submissions. A key row per owner and idempotency key says which submission has the key; a state row per submission
/// says how far it is; beside the key of a file of the inbox, a row counts how often it was tried; partition open lists those that may have revisions which no commit names, so that housekeeping need not search.
/// </summary>
internal static class SubmissionRows
{
    public const string Open = "open", KeyRow = "key", StateRow = "state", TriesRow = "tries";

    private const int LongestFailure = 1000;

    /// <summary>How long the tries of a file are known after the last one: far longer than lies between two.</summary>
    private static readonly TimeSpan TriesLife = TimeSpan.FromDays(7);

    /// <summary>Random, so that busy submissions lie on different partitions.</summary>
    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>SHA-256 of owner and key: keys may hold characters that a table refuses, and may be secrets of their sender.</summary>
    public static string KeyPartition(string owner, string idempotencyKey) =>
        "k." + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{owner.Length}:{owner}{idempotencyKey}")));

    public static string StatePartition(string submissionId) => "s." + submissionId;

    public static TableEntity Key(string partition, string submissionId, string payloadHash, DateTimeOffset now, TimeSpan? life) =>
        new(partition, KeyRow)
        {
            ["SubmissionId"] = submissionId,
            ["PayloadHash"] = payloadHash,
            ["ReservedAt"] = now,
            ["ExpiresAt"] = now + life,
        };

    public static TableEntity State(string submissionId, string owner, string keyPartition, int attempt, string write, DateTimeOffset now) =>
        new(StatePartition(submissionId), StateRow)
        {
            ["Owner"] = owner,
            ["Key"] = keyPartition,
            ["State"] = nameof(SubmissionState.Received),
            ["Attempt"] = attempt,
            ["StartedAt"] = now,
            ["HeardAt"] = now,
            ["Write"] = write,
        };

    public static TableEntity OpenEntry(Attempt attempt, DateTimeOffset startedAt) => new(Open, attempt.SubmissionId)
    {
        ["Attempt"] = attempt.Number,
        ["StartedAt"] = startedAt,
    };

    /// <summary>The row of a file's tries with the next one; before = null where it is the first.</summary>
    public static TableEntity NextFileTry(string partition, TableEntity? before, string write, DateTimeOffset now)
    {
        var next = before is null ? new TableEntity(partition, TriesRow) : new TableEntity(before) { ["BeganBefore"] = Time(before, "BeganAt") };
        (next["Tries"], next["BeganAt"], next["ExpiresAt"], next["Write"]) = (Tries(next) + 1, now, now + TriesLife, write);
        return next;
    }

    public static FileTry FileTry(TableEntity row) => new(Tries(row), Time(row, "BeganAt"), row.GetDateTimeOffset("BeganBefore"), FailureBefore(row));

    /// <summary>The state row with the next attempt, for whoever takes a silent submission over.</summary>
    public static TableEntity TakenOver(TableEntity silent, string write, DateTimeOffset now) => new(silent)
    {
        ["Attempt"] = AttemptOf(silent) + 1,
        ["HeardAt"] = now,
        ["Write"] = write,
    };

    /// <summary>True for a key that the app derived because the client gave none: it holds for a while only.</summary>
    public static bool IsDerived(TableEntity key) => key.GetDateTimeOffset("ExpiresAt") is not null;

    /// <summary>Ends the submission with an answer; one that made no release is told apart.</summary>
    public static void Finish(TableEntity state, SubmissionAnswer answer) =>
        (state["State"], state["Unchanged"]) = (nameof(SubmissionState.Finished), answer.Status == StatusCodes.Status200OK);

    /// <summary>True where all of it was stored already.</summary>
    public static bool IsUnchanged(TableEntity state) => state.GetBoolean("Unchanged") == true;

    public static bool IsPromised(TableEntity state) => state.GetBoolean("Promised") == true;

    /// <summary>How often the work on a promised submission or a file of the inbox began and was not called off.</summary>
    public static int Tries(TableEntity state) => state.GetInt32("Tries") ?? 0;

    /// <summary>Why the last try that failed by itself did; null where none did.</summary>
    public static string? Failure(TableEntity state) => state.GetString("Failure");

    /// <summary>Why the try before this one failed; null where it ended its instance.</summary>
    public static string? FailureBefore(TableEntity state) => state.GetInt32("FailedTry") == Tries(state) - 1 ? Failure(state) : null;

    public static void PutFailure(TableEntity state, string why) =>
        (state["Failure"], state["FailedTry"]) = (why.Length > LongestFailure ? why[..LongestFailure] : why, Tries(state));

    public static void Put(TableEntity state, RowsDone rows) => (state["Read"], state["Checked"], state["Written"]) = (rows.Read, rows.Checked, rows.Written);

    public static RowsDone RowsDone(TableEntity state) => new(state.GetInt32("Read") ?? 0, state.GetInt32("Checked") ?? 0, state.GetInt32("Written") ?? 0);

    public static SubmissionState StateOf(TableEntity state) => Enum.Parse<SubmissionState>(state.GetString("State"));

    /// <summary>True while nothing is decided.</summary>
    public static bool IsOpen(TableEntity state) => StateOf(state) is SubmissionState.Received or SubmissionState.Writing;

    public static int AttemptOf(TableEntity row) => row.GetInt32("Attempt")!.Value;

    /// <summary>Names the write that made the row what it is; a writer whose answer was lost knows its own by it.</summary>
    public static string? WriteOf(TableEntity state) => state.GetString("Write");

    public static DateTimeOffset Time(TableEntity row, string name) => row.GetDateTimeOffset(name)!.Value;
}
