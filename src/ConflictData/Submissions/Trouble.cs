using Azure;
using ConflictData.Api;
using ConflictData.RowFiles;

namespace ConflictData.Submissions;

/// <summary>What went wrong in a try that nobody waits for.</summary>
/// <param name="Reason">In words for whoever sent the rows.</param>
/// <param name="IsItsOwn">False for what stood in the way of the work and would stand in that of any other, such as storage or the local disk: that costs no try.</param>
internal sealed record Trouble(string Reason, bool IsItsOwn)
{
    /// <summary>Why a try failed of which nobody could say why.</summary>
    public const string Died = "The instance that worked on it ended before it was done.";

    private static readonly ErrorCode[] OfTheApp = [ErrorCode.StorageUnavailable, ErrorCode.NotReady, ErrorCode.Busy, ErrorCode.InProgress];

    /// <summary>The host is about to end.</summary>
    public static Trouble Stopping { get; } = new("", IsItsOwn: false);

    public static Trouble Of(ApiError error) => new(error.Detail, !OfTheApp.Contains(error.Code));

    /// <param name="problem">What was thrown; the log has it in full.</param>
    /// <param name="loggedUnder">Where in the log.</param>
    public static Trouble Of(Exception problem, string loggedUnder) => new(
        $"Something broke here ({problem.GetType().Name}); the log has it under {loggedUnder}.",
        problem is not LocalDiskException && !IsOfStorage(problem));

    /// <summary>Storage may also let nobody in for a while; only what it says of the contents of a request is the submission's. Its client breaks off what takes too long.</summary>
    public static bool IsOfStorage(Exception problem) => Failures.IsStorage(problem) || problem is OperationCanceledException or RequestFailedException { Status: not (400 or 413) };
}
