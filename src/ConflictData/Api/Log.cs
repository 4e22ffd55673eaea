using Microsoft.Extensions.Logging;

namespace ConflictData.Api;

/// <summary>Every line that the app logs. None takes a query string, a header or a key.</summary>
internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "The client of {Method} {Path} left before the answer was complete.")]
    public static partial void ClientLeft(this ILogger log, string method, string path);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed as {Code}; request id {RequestId}.")]
    public static partial void CallFailed(this ILogger log, Exception problem, string method, string path, string code, string requestId);
}
