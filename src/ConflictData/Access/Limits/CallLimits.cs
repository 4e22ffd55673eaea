using System.Globalization;
using System.Threading.RateLimiting;
using ConflictData.Api;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Access;

/// <summary>
/// How often somebody may call, and how often an address may try keys that are not valid. Each instance counts for itself, so
/// that with n of them up to n times as much passes.
/// </summary>
public sealed class CallLimits(Settings settings) : IDisposable
{
    /// <summary>Addresses share so many buckets, and as many with the keys that they try, so that no number of them fills the memory.</summary>
    private const int Slots = 1 << 14;

    private readonly PartitionedRateLimiter<string>? calls = PerMinute(settings.RequestsPerMinute);
    private readonly PartitionedRateLimiter<string>? failures = PerMinute(settings.FailedKeysPerMinute);

    /// <summary>Counts a call; the refusal where the caller has called too often. Callers without a key are told apart by address.</summary>
    public ApiError? CountCall(HttpRequest request, Caller caller) =>
        calls is null ? null : Take(calls, caller.KeyId is null ? Slot(request) : $"owner {caller.Owner}", 1, "called");

    /// <summary>The refusal where the address of the request has tried too often; counts nothing.</summary>
    internal ApiError? RefuseAttempt(HttpRequest request) => failures is null ? null : Take(failures, Slot(request), 0, Tried);

    /// <summary>
    /// The refusal where the address of the request has tried too many secrets of that key: then not even the right one is let in for a
    /// while, or it could be found by trying. Who has the key is kept out only at the address of whoever guesses. Counts nothing.
    /// </summary>
    internal ApiError? RefuseGuess(HttpRequest request, string keyId) => failures is null ? null : Take(failures, Slot(request, keyId), 0, Tried);

    /// <summary>Counts an attempt that failed, of a key where it names one; the refusal where there were too many.</summary>
    internal ApiError? CountFailure(HttpRequest request, string? keyId)
    {
        if (failures is null)
        {
            return null;
        }

        var guesses = keyId is null ? null : Take(failures, Slot(request, keyId), 1, Tried);
        return Take(failures, Slot(request), 1, Tried) ?? guesses;
    }

    private const string Tried = "tried keys that are not valid";

    public void Dispose()
    {
        calls?.Dispose();
        failures?.Dispose();
    }

    private static ApiError? Take(PartitionedRateLimiter<string> limiter, string who, int count, string what)
    {
        using var lease = limiter.AttemptAcquire(who, count);
        if (lease.IsAcquired)
        {
            return null;
        }

        var pause = lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) : 1;
        return new(ErrorCode.RateLimited, string.Create(CultureInfo.InvariantCulture, $"You have {what} too often in a short time; try again in {pause} s.")) { RetryAfter = pause };
    }

    private string Slot(HttpRequest request, string? keyId = null)
    {
        // The hash is another one in each process, so that nobody can choose addresses to share a bucket with.
        var hash = HashCode.Combine(ClientAddress.Of(request, settings.TrustedProxies), keyId);
        return string.Create(CultureInfo.InvariantCulture, $"{(keyId is null ? "slot" : "key")} {hash & (Slots - 1)}");
    }

    /// <summary>A bucket of so many tokens for each, filled again evenly over a minute; null for no limit.</summary>
    private static PartitionedRateLimiter<string>? PerMinute(int most)
    {
        if (most == 0)
        {
            return null;
        }

        var atOnce = Math.Max(1, most / 60);
        var options = new TokenBucketRateLimiterOptions
        {
            TokenLimit = most,
            TokensPerPeriod = atOnce,
            ReplenishmentPeriod = TimeSpan.FromMinutes((double)atOnce / most),
            QueueLimit = 0,
        };
        return PartitionedRateLimiter.Create<string, string>(who => RateLimitPartition.GetTokenBucketLimiter(who, _ => options));
    }
}
