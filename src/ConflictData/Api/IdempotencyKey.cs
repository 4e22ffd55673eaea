using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Api;

/// <summary>The header by which a client that sends a call again has it done once.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    /// <summary>Most characters of it.</summary>
    public const int Longest = 200;

    /// <summary>For so long the first answer may be on its way, and its secret stays.</summary>
    public static readonly TimeSpan OnItsWay = TimeSpan.FromSeconds(5);

    /// <summary>What the request has; null where it has none.</summary>
    public static string? Of(HttpRequest request) => request.Headers.TryGetValue(Header, out var values) ? values.ToString() : null;

    /// <summary>The refusal of one that cannot be taken; null where it can.</summary>
    public static ApiError? Problem(string? key) => key is not null && (key.Length is 0 or > Longest || key.Any(c => c is < ' ' or > '~'))
        ? new(ErrorCode.BadRequest, $"{Header} must be 1 to {Longest} printable ASCII characters.") { Target = Header }
        : null;

    /// <summary>Id of what a call makes, the same each time that it is sent.</summary>
    /// <param name="owner">Whose call it is.</param>
    /// <param name="of">What the call is about, where it may be about several things.</param>
    /// <param name="key">The key that the call has.</param>
    public static string IdOf(string owner, string? of, string key) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{owner}\n{of}\n{key}")))[..24];

    /// <summary>The refusal of one that was used before.</summary>
    public static ApiError Refusal(ErrorCode code, string what) => new(code, $"This {Header} {what}") { Target = Header };

    /// <summary>The refusal of a call while the answer to the same one may be on its way.</summary>
    /// <param name="what">What was made.</param>
    /// <param name="then">What becomes of it where the call is sent again later.</param>
    /// <param name="wait">For how long the answer may be on its way yet.</param>
    public static ApiError InProgress(string what, string then, TimeSpan wait) => new(
        ErrorCode.InProgress, $"{what} was made a moment ago under this {Header}. Where the answer does not come, send it again, and {then}.")
    {
        Target = Header,
        RetryAfter = (int)Math.Ceiling(wait.TotalSeconds),
    };
}
