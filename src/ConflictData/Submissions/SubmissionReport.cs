using System.Text.Json;
using System.Text.Json.Serialization;
using ConflictData.Api;

namespace ConflictData.Submissions;

/// <summary>How many rows of a submission do what.</summary>
/// <param name="Accepted">Rows that passed every check, and records that replace retracts: the sum of the others, or 0 where the submission was refused.</param>
/// <param name="Added">Records that are new, or live again.</param>
/// <param name="Changed">Records that get another revision.</param>
/// <param name="Unchanged">Rows that say what is stored; they make no revision.</param>
/// <param name="Retracted">Records that are gone.</param>
public sealed record SubmissionCounts(int Accepted, int Added, int Changed, int Unchanged, int Retracted)
{
    public static SubmissionCounts None { get; } = new(0, 0, 0, 0, 0);
}

/// <summary>The answer to a submission. A refused one is at once a problem (RFC 9457): the first five members are there only then.</summary>
public sealed record SubmissionReport
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Type { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Title { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Status { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Code { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Detail { get; init; }

    /// <summary>The submission.</summary>
    public required string Id { get; init; }

    /// <summary><c>committed</c>, <c>unchanged</c> (all of it was stored already), <c>checked</c> (a dry run without errors), <c>rejected</c> or
    /// <c>failed</c> (promised or a file of the inbox, and given up after it failed too often).</summary>
    public required string State { get; init; }

    /// <summary>The release that it is; null where it made none.</summary>
    public int? Release { get; init; }

    public required SubmissionCounts Counts { get; init; }

    /// <summary>How many errors there are; <see cref="Errors"/> has the first 1,000.</summary>
    public required int ErrorCount { get; init; }

    public required IReadOnlyList<RowProblem> Errors { get; init; }

    /// <summary>How many warnings there are; <see cref="Warnings"/> has the first 1,000 of each code.</summary>
    public int WarningCount { get; init; }

    public required IReadOnlyList<RowProblem> Warnings { get; init; }

    /// <summary>Every record that was another owner's until this submission changed it.</summary>
    public IReadOnlyList<ReplacedRecords> ReplacedOtherOwner { get; init; } = [];

    /// <summary>Only in an answer that was given before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RepeatedAnswer? Repeated { get; init; }

    internal SubmissionAnswer Answer(int status) => new(status, JsonSerializer.SerializeToUtf8Bytes(this, SubmissionJson.Default.SubmissionReport));

    /// <summary>The report of a submission without errors.</summary>
    internal static SubmissionReport Accepted(string id, string state, int? release, ChangeSet changes) => new()
    {
        Id = id,
        State = state,
        Release = release,
        Counts = changes.Counts,
        ErrorCount = 0,
        Errors = [],
        WarningCount = changes.Warnings.Count,
        Warnings = changes.Warnings.Kept,
        ReplacedOtherOwner = changes.Warnings.Replaced,
    };

    /// <summary>
    /// The answer to a submission that is refused; 507 where the engine has no room for it, 409 where its base has moved, or where all that stands in its way is that others
    /// refer to what it retracts.
    /// </summary>
    internal static SubmissionAnswer Rejected(string id, ProblemList errors)
    {
        var code = errors.Has(RowErrorCodes.EngineFull) ? ErrorCode.EngineFull
            : errors.Has(RowErrorCodes.BaseMoved) ? ErrorCode.BaseMoved
            : errors.HasOnly(RowErrorCodes.StillReferenced) ? ErrorCode.StillReferenced
            : ErrorCode.Rejected;
        return new SubmissionReport
        {
            Type = $"urn:conflictfunctions:error:{code.Name}",
            Title = code.Title,
            Status = code.Status,
            Code = code.Name,
            Detail = $"{errors.Count} error{(errors.Count == 1 ? "" : "s")}; the first: {errors.Kept[0].Message}",
            Id = id,
            State = "rejected",
            Counts = SubmissionCounts.None,
            ErrorCount = errors.Count,
            Errors = [.. errors.Kept.OrderBy(error => error.Dataset, DatasetOrder).ThenBy(error => error.Line)],
            Warnings = [],
        }.Answer(code.Status);
    }

    /// <summary>The report of a submission that could not be finished, with what came of its tries.</summary>
    internal static SubmissionAnswer Failed(string id, string detail) => new SubmissionReport
    {
        Type = $"urn:conflictfunctions:error:{ErrorCode.Internal.Name}",
        Title = ErrorCode.Internal.Title,
        Status = ErrorCode.Internal.Status,
        Code = ErrorCode.Internal.Name,
        Detail = detail,
        Id = id,
        State = "failed",
        Counts = SubmissionCounts.None,
        ErrorCount = 0,
        Errors = [],
        Warnings = [],
    }.Answer(ErrorCode.Internal.Status);

    private static readonly Comparer<string> DatasetOrder = Comparer<string>.Create((a, b) => Place(a).CompareTo(Place(b)));

    private static int Place(string dataset) => Datasets.Catalog.All.Index().First(item => item.Item.Name == dataset).Index;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SubmissionReport))]
[JsonSerializable(typeof(RepeatedAnswer))]
internal sealed partial class SubmissionJson : JsonSerializerContext;
