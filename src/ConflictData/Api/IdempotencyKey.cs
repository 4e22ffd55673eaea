using Microsoft.AspNetCore.Http;

namespace ConflictData.Api;

/// <summary>The header by which a client that sends a call again has it done once.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    /// <summary>Most characters of it.</summary>
    public const int Longest = 200;

    /// <summary>What the request has; null where it has none.</summary>
    public static string? Of(HttpRequest request) => request.Headers.TryGetValue(Header, out var values) ? values.ToString() : null;

    /// <summary>The refusal of one that cannot be taken; null where it can.</summary>
    public static ApiError? Problem(string? key) => key is not null && (key.Length is 0 or > Longest || key.Any(c => c is < ' ' or > '~'))
        ? new(ErrorCode.BadRequest, $"{Header} must be 1 to {Longest} printable ASCII characters.") { Target = Header }
        : null;
}
