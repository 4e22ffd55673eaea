using Microsoft.Extensions.Logging;

namespace ConflictData.Api;

/// <summary>Every line that the app logs. None takes a query string, a header or a key.</summary>
internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "The client of {Method} {Path} left before the answer was complete.")]
    public static partial void ClientLeft(this ILogger log, string method, string path);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Method} {Path} could not be read: {Reason}")]
    public static partial void CallUnreadable(this ILogger log, string method, string path, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed as {Code}; request id {RequestId}.")]
    public static partial void CallFailed(this ILogger log, Exception problem, string method, string path, string code, string requestId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A query of Power BI or Excel was refused as {Code} at {Option}; their reader may take the whole set instead.")]
    public static partial void FoldedQueryRefused(this ILogger log, string code, string? option);

    [LoggerMessage(Level = LogLevel.Information, Message = "Power BI or Excel reads all of {Set} at release {Release}, {Columns} columns.")]
    public static partial void ReadWhole(this ILogger log, string set, int release, string columns);

    [LoggerMessage(Level = LogLevel.Debug, Message = "That the key {KeyId} was used could not be noted.")]
    public static partial void UseNotNoted(this ILogger log, Exception problem, string keyId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Loading goes on: release {Release} is in memory, {Revisions} revisions are read from the tables.")]
    public static partial void Loading(this ILogger log, int release, long revisions);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The start is not complete yet; it is tried again.")]
    public static partial void StartDelayed(this ILogger log, Exception problem);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The start failed.")]
    public static partial void StartFailed(this ILogger log, Exception problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Work on submission {Id} was interrupted; it will be taken over.")]
    public static partial void SubmissionInterrupted(this ILogger log, Exception problem, string id);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Work on submission {Id} was put off as {Code}: {Reason}")]
    public static partial void SubmissionPutOff(this ILogger log, string id, string code, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Gave up the promised submission {Id} after {Tries} tries. Its payload is kept, its idempotency key is free. Why the last one failed: {Reason}")]
    public static partial void SubmissionFailed(this ILogger log, string id, int tries, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Loading {File} from the inbox, {Bytes} bytes.")]
    public static partial void InboxFileBegun(this ILogger log, string file, long bytes);

    [LoggerMessage(Level = LogLevel.Information, Message = "{File} of the inbox, submission {Id}: {Read} rows read, {Checked} checked, {Written} written.")]
    public static partial void InboxFileProgress(this ILogger log, string file, string id, int read, int @checked, int written);

    [LoggerMessage(Level = LogLevel.Information, Message = "{File} of the inbox is done, and lies in {Container} as {Place} with its report.")]
    public static partial void InboxFileDone(this ILogger log, string file, string container, string place);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{File} of the inbox was not read, and lies in rejected as {Place}: {Reason}")]
    public static partial void InboxFileRefused(this ILogger log, string file, string place, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "{File} of the inbox was written to, leased or taken meanwhile; it is looked at again in the next round.")]
    public static partial void InboxFileChanged(this ILogger log, string file);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{File} of the inbox is put off to a later round as {Code}: {Reason}")]
    public static partial void InboxFilePutOff(this ILogger log, string file, string code, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{File} of the inbox could not be loaded; it is tried again in a later round.")]
    public static partial void InboxFileFailed(this ILogger log, Exception problem, string file);

    [LoggerMessage(Level = LogLevel.Error, Message = "Gave up {File} of the inbox after {Tries} tries. Why the last one failed: {Reason}")]
    public static partial void InboxFileGivenUp(this ILogger log, string file, int tries, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Ready at release {Release}.")]
    public static partial void Ready(this ILogger log, int release);

    [LoggerMessage(Level = LogLevel.Information, Message = "Loaded the checkpoint of release {Release}; it took {Milliseconds} ms.")]
    public static partial void CheckpointLoaded(this ILogger log, int release, long milliseconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "The checkpoint of release {Release} cannot be used; the one before it is tried, else all is loaded from the tables.")]
    public static partial void CheckpointRefused(this ILogger log, Exception problem, int release);

    [LoggerMessage(Level = LogLevel.Information, Message = "Wrote the checkpoint of release {Release}.")]
    public static partial void CheckpointWritten(this ILogger log, int release);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The checkpoint of release {Release} is put off: {Reason}")]
    public static partial void CheckpointPutOff(this ILogger log, int release, string? reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Housekeeping could not do its part {Part}; it is tried again in the next round.")]
    public static partial void HousekeepingFailed(this ILogger log, Exception problem, string part);

    [LoggerMessage(Level = LogLevel.Information, Message = "The webhook {Id} was told of release {Release}.")]
    public static partial void WebhookTold(this ILogger log, string id, int release);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The webhook {Id} could not be told of release {Release} at try {Try}: {Trouble}")]
    public static partial void WebhookNotTold(this ILogger log, string id, int release, int @try, string trouble);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The webhook {Id} has been failing for {Hours} hours.")]
    public static partial void WebhookFailing(this ILogger log, string id, long hours);

    [LoggerMessage(Level = LogLevel.Information, Message = "Webhooks could not be told at once of a release; the timer tells them.")]
    public static partial void NoticesPutOff(this ILogger log, Exception problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "The newest release is {Release}, {Hours} hours old.")]
    public static partial void NewestRelease(this ILogger log, int release, long hours);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The engine holds {Held} of the {Limit} MB that it may take; large submissions are refused from nine tenths on. Raise the setting EngineMemory, with an instance that has the memory.")]
    public static partial void EngineFilling(this ILogger log, long held, long limit);

    [LoggerMessage(Level = LogLevel.Information, Message = "There is no release yet.")]
    public static partial void NoRelease(this ILogger log);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Gave up the submission {SubmissionId}, which began to write long ago and never ended.")]
    public static partial void SubmissionAbandoned(this ILogger log, string submissionId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed the copies of what release {Release} redacted; published files and checkpoints are looked through once more in an hour.")]
    public static partial void RedactedCopiesRemoved(this ILogger log, int release);

    [LoggerMessage(Level = LogLevel.Information, Message = "What release {Release} redacted is removed from storage.")]
    public static partial void RedactionRemoved(this ILogger log, int release);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What was redacted up to release {Release} is also in a submission that is under way, or in a file of the inbox; all is looked at again in the next round.")]
    public static partial void RedactionWaits(this ILogger log, int release);

    [LoggerMessage(Level = LogLevel.Information, Message = "What was redacted could not be removed from storage at once; housekeeping does it.")]
    public static partial void RedactionPutOff(this ILogger log, Exception problem);
}
