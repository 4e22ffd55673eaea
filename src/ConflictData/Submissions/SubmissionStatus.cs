namespace ConflictData.Submissions;

/// <summary>How far a submission has come.</summary>
public enum SubmissionState
{
    /// <summary>Being read and checked.</summary>
    Received,

    /// <summary>Its revisions are being written; it may be committed at any moment.</summary>
    Writing,

    /// <summary>Done: its answer stands for ever.</summary>
    Finished,

    /// <summary>Refused for errors, or promised and failed too often; its report is kept, its key is free again.</summary>
    Rejected,

    /// <summary>Given up by housekeeping.</summary>
    Abandoned,
}

/// <summary>What is known of a submission.</summary>
/// <param name="Attempt">The newest attempt.</param>
/// <param name="Owner">Who sent it.</param>
/// <param name="State">How far it has come.</param>
/// <param name="StartedAt">When it was reserved, UTC.</param>
/// <param name="Answer">The answer, once finished or rejected.</param>
public sealed record SubmissionStatus(Attempt Attempt, string Owner, SubmissionState State, DateTimeOffset StartedAt, SubmissionAnswer? Answer)
{
    /// <summary>True: its caller was told that it will be finished, so it is, by whatever instance, or ends with the reason why it cannot be.</summary>
    public bool IsPromised { get; init; }

    /// <summary>When its worker was last heard of, UTC.</summary>
    public DateTimeOffset HeardAt { get; init; }

    /// <summary>Why the last try to keep that promise failed; null where none did.</summary>
    public string? Failure { get; init; }

    /// <summary>True while nothing is decided.</summary>
    public bool IsOpen => State is SubmissionState.Received or SubmissionState.Writing;

    /// <summary>The rows that are done, as of a few seconds ago.</summary>
    public RowsDone Rows { get; init; }
}

/// <param name="Status">HTTP status.</param>
/// <param name="Body">The report, UTF-8 JSON.</param>
public sealed record SubmissionAnswer(int Status, ReadOnlyMemory<byte> Body)
{
    /// <summary>Where this answers again what was answered before: when that came in, UTC; else null.</summary>
    public DateTimeOffset? FirstSentAt { get; init; }
}

/// <summary>A payload as it was sent. Dispose of it with <see cref="Content"/>.</summary>
/// <param name="Content">The bytes.</param>
/// <param name="ContentType">Media type that it was sent with.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Hash">SHA-256, lower-case hex.</param>
public sealed record SubmissionPayload(Stream Content, string ContentType, long Length, string Hash)
{
    /// <summary>gzip, or null for none.</summary>
    public string? ContentEncoding { get; init; }

    /// <summary>The redaction by which the bytes went, so that there are none; null where they are as they were sent.</summary>
    public int? RedactedBy { get; init; }

    internal bool IsGzip => ContentEncoding == "gzip";
}
