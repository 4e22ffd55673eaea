using Azure;

namespace ConflictData.Storage;

/// <summary>
/// Failures after which a write may or may not have happened: a broken or silent connection, a server error, and also "exists already",
/// since that is what the client library's own second try gets when the answer to its first was lost.
/// </summary>
internal static class Doubt
{
    /// <summary>How long to wait each time before the same write is tried again.</summary>
    public static IReadOnlyList<TimeSpan> Pauses { get; } =
        [.. new[] { 20, 100, 500, 2000, 5000 }.Select(milliseconds => TimeSpan.FromMilliseconds(milliseconds))];

    public static bool IsLeftBy(Exception failure, CancellationToken cancellation) => failure switch
    {
        RequestFailedException { Status: 0 or 408 or 409 or 412 or 429 or >= 500 } => true,
        OperationCanceledException => !cancellation.IsCancellationRequested,
        AggregateException several => several.InnerExceptions.All(inner => IsLeftBy(inner, cancellation)),
        IOException or HttpRequestException or TimeoutException => true,
        _ => false,
    };
}
