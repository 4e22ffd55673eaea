using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ConflictData.Access;
using ConflictData.Api;
using ConflictData.Datasets;

namespace ConflictData.Submissions;

/// <summary>When a caller would rather have a promise than wait for the report.</summary>
public enum EarlyAnswer
{
    /// <summary>The report, however long it takes.</summary>
    Never,

    /// <summary>A promise where there are more than <see cref="SubmissionLimits.RowsWaitedFor"/> rows.</summary>
    WhenLong,

    /// <summary>A promise as soon as the payload is kept.</summary>
    Always,
}

/// <summary>A submission as it comes in, from HTTP or from the app itself.</summary>
public sealed record SubmissionRequest
{
    /// <summary>Who sends it.</summary>
    public required string Owner { get; init; }

    /// <summary>Names of the datasets that the sender may change; null = all.</summary>
    public IReadOnlyList<string>? MayChange { get; init; }

    /// <summary>What the sender may do. Without <see cref="Access.Scopes.Curate"/> or more, only records of the same owner are changed.</summary>
    public Scopes Scopes { get; init; }

    /// <summary>The dataset that the address names; null for a set.</summary>
    public Dataset? Dataset { get; init; }

    /// <summary>Media type, with charset or boundary.</summary>
    public required string? ContentType { get; init; }

    /// <summary>null, identity or gzip; letter case and the old name x-gzip mean the same.</summary>
    public string? ContentEncoding
    {
        get;
        init => field = value?.Trim().ToLowerInvariant() switch { "x-gzip" => "gzip", var coding => coding };
    }

    public required Stream Body { get; init; }

    /// <summary>Bytes of the body, where the client said so.</summary>
    public long? ContentLength { get; init; }

    /// <summary>How large the payload may be.</summary>
    public PayloadLimits Limits { get; init; } = PayloadLimits.Body;

    /// <summary>The client's key; null = one is derived from payload and options, for 24 hours.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>upsert or replace; null = upsert.</summary>
    public string? Mode { get; init; }

    /// <summary>One of the reasons, for all rows that give none of their own.</summary>
    public string? Reason { get; init; }

    /// <summary>What the release log is to say; at most 2,000 characters.</summary>
    public string? Message { get; init; }

    /// <summary>True: everything but the commit.</summary>
    public bool DryRun { get; init; }

    /// <summary>When to answer 202 and finish afterwards. A dry run, which leaves nothing that could be finished, never is.</summary>
    public EarlyAnswer EarlyAnswer { get; init; }

    /// <summary>The release that the submitter worked from; replace needs it.</summary>
    public int? Base { get; init; }

    /// <summary>How many records replace may retract at most; null = a tenth of those that it may retract in each dataset.</summary>
    public int? MaxRetractions { get; init; }

    internal bool Replaces => Mode == "replace";

    /// <summary>How whoever sends it comes to change the records of others.</summary>
    internal string WayToCurate => Limits.OnDisk ? "let files of the inbox change them by the setting InboxCurates" : "use a key with the scope curate";

    internal bool MayCurate => (Scopes & (Scopes.Curate | Scopes.Admin)) != 0;

    internal static IReadOnlyList<string> Reasons { get; } = Catalog.All[0]["ChangeReason"].Allowed;

    /// <summary>What is wrong with the options; null where nothing is.</summary>
    internal ApiError? Problem() => this switch
    {
        { Mode: not (null or "upsert" or "replace") } => Bad("mode", "mode must be upsert or replace."),
        { Replaces: true, Base: null } => Bad("base", "mode=replace needs base: the number of the release that the payload was made from."),
        { Replaces: false, MaxRetractions: not null } => Bad("maxRetractions", "maxRetractions is for mode=replace; with mode=upsert only rows with Action retract are retracted."),
        { MaxRetractions: < 0 } => Bad("maxRetractions", "maxRetractions must be a whole number from 0."),
        { Reason: { } reason } when !Reasons.Contains(reason) => Bad("reason", $"reason must be one of {string.Join(", ", Reasons)}{NearMiss.Hint(reason, Reasons)}"),
        { Message: { } message } when ChangeMessage.Problem(message) is { } wrong => wrong,
        { Base: < 0 } => Bad("base", "base must be the number of a release."),
        _ when Api.IdempotencyKey.Problem(IdempotencyKey) is { } wrong => wrong,
        { ContentEncoding: not (null or "" or "identity" or "gzip") } =>
            new(ErrorCode.UnsupportedMediaType, $"Content-Encoding {PayloadSet.Short(ContentEncoding!)} is not read here. Send the body as gzip, or as it is and without the header.") { Target = "Content-Encoding" },
        { ContentLength: { } length } when length > Limits.Bytes => Limits.TooLarge,
        _ => null,
    };

    /// <summary>
    /// What two requests must share to be the same: what the files say and everything that changes what is done with it. What the
    /// sender may do is part of it where it decides whose absent records are retracted; elsewhere it only lets a submission in or not.
    /// </summary>
    internal string Hash(string contentHash)
    {
        string?[] options = [contentHash, Mode ?? "upsert", Reason, Text(Base), Message];
        string?[] replacing = Replaces ? [Text(MaxRetractions), MayCurate ? "all" : "own"] : [];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', [.. options, .. replacing]))));
    }

    private static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    /// <summary>The refusal where a dataset is none that the sender may change; null where all may be.</summary>
    internal ApiError? Forbids(IEnumerable<Dataset> datasets) => AccessErrors.OfDatasets(MayChange, datasets);

    internal static ApiError NoRoom { get; } = new(ErrorCode.Busy,
        "Other large submissions are being read. Send it again in a moment, with the same Idempotency-Key if it has one.") { RetryAfter = 10 };

    private static ApiError Bad(string target, string detail) => new(ErrorCode.BadRequest, detail) { Target = target };
}
