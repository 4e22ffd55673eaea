using System.Text.Json;
using System.Text.Json.Serialization;
using ConflictData.Api;

namespace ConflictData.Submissions;

/// <summary>A submission that has no report yet.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">received, writing or abandoned; rejected for the moment before its report is there.</param>
/// <param name="Rows">How far it is, as of a few seconds ago.</param>
/// <param name="Failure">Why the last try failed, which is followed by another; null where none did.</param>
public sealed record SubmissionDocument(string Id, string State, RowsDone Rows, string? Failure = null)
{
    /// <summary>Only in an answer that was given before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RepeatedAnswer? Repeated { get; init; }

    internal static SubmissionDocument Of(SubmissionStatus status) =>
        new(status.Attempt.SubmissionId, JsonNamingPolicy.CamelCase.ConvertName(status.State.ToString()), status.Rows, status.Failure);

    /// <summary>For a caller who has to come back for the report.</summary>
    internal SubmissionAnswer Answer() => new(202, JsonSerializer.SerializeToUtf8Bytes(this, ApiJson.Readable.SubmissionDocument));
}
