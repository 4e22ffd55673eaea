using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ConflictData.Telemetry;

/// <summary>
/// What the app tells of its work: spans and measures under one name, which cost next to nothing while nobody collects them. Tags take their
/// values from closed lists, never from what a caller sent.
/// </summary>
public static class Instruments
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "ConflictFunctions";

    /// <summary>The spans of calls, of the stages of a query and of submissions.</summary>
    public static ActivitySource Activities { get; } = new(Name);

    private static readonly Meter Meter = new(Name);

    /// <summary>Seconds of a call from its arrival to the last byte of its answer. Tags: area, method, status.</summary>
    public static Histogram<double> CallSeconds { get; } = Meter.CreateHistogram<double>("conflict.call.duration", "s", "Calls, from arrival to the last byte of the answer.");

    /// <summary>Seconds of a stage of a query for the feed. Tag: stage.</summary>
    public static Histogram<double> StageSeconds { get; } = Meter.CreateHistogram<double>("conflict.query.duration", "s", "Stages of queries: parse, plan, execute, write.");

    /// <summary>Rows of the feed that answers had. Tag: set.</summary>
    public static Counter<long> RowsOut { get; } = Meter.CreateCounter<long>("conflict.rows.out", "{row}", "Rows of the feed that answers had.");

    /// <summary>Seconds from a submission's arrival to its answer. Tag: status, as that of HTTP.</summary>
    public static Histogram<double> SubmissionSeconds { get; } = Meter.CreateHistogram<double>("conflict.submission.duration", "s", "Submissions, from arrival to the answer.");

    /// <summary>Seconds that the one transaction took that makes a release. Tag: outcome.</summary>
    public static Histogram<double> CommitSeconds { get; } = Meter.CreateHistogram<double>("conflict.commit.duration", "s", "The transaction that makes a release.");

    /// <summary>Revisions that releases brought. Tag: dataset.</summary>
    public static Counter<long> Revisions { get; } = Meter.CreateCounter<long>("conflict.revisions", "{revision}", "Revisions that releases brought.");

    /// <summary>Files that left the inbox. Tag: container, archive or rejected.</summary>
    public static Counter<long> InboxFiles { get; } = Meter.CreateCounter<long>("conflict.inbox.files", "{file}", "Files that left the inbox.");
}
