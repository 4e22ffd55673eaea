using Azure;
using Azure.Identity;
using ConflictData.RowFiles;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Api;

/// <summary>What callers are told of an exception that got as far as the pipeline.</summary>
internal static class Failures
{
    /// <param name="problem">What was thrown; the log has it in full.</param>
    /// <param name="requestId">Under which id the log has it.</param>
    public static ApiError Explain(Exception problem, string requestId) => problem switch
    {
        // The server met something in the request that it would not read: too long, too slow, cut off.
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new(ErrorCode.TooLarge, ErrorCode.TooLarge.Title),
        BadHttpRequestException bad => new(ErrorCode.BadRequest, bad.Message),
        LocalDiskException => LocalDiskException.Error,
        _ when IsStorage(problem) =>
            new(ErrorCode.StorageUnavailable, "Storage cannot be reached at the moment. Nothing was half done; try again.") { RetryAfter = 5 },
        _ => new(ErrorCode.Internal, $"Something broke here. The log has it under the request id {requestId}."),
    };

    /// <summary>True for failures of the way to storage rather than of ourselves.</summary>
    public static bool IsStorage(Exception problem) => problem switch
    {
        RequestFailedException { Status: 0 or 408 or 429 or >= 500 } => true,
        // No token to show to storage: whoever gives them out does not answer, or knows no such identity.
        AuthenticationFailedException => true,
        // The client library gave each of its tries up after a time of its own; a caller who left is not told anything.
        AggregateException many => many.InnerExceptions.Any(inner => IsStorage(inner) || inner is OperationCanceledException),
        _ => problem is TimeoutException or System.Net.Sockets.SocketException or HttpRequestException or HttpIOException
            || (problem is IOException { InnerException: System.Net.Sockets.SocketException }),
    };
}
