using ConflictData.Api;

namespace ConflictData.Query;

/// <summary>Waits for two parts of one read that run at once.</summary>
internal static class AtOnce
{
    /// <summary>What both give; where either fails, what the other gave is disposed, and nothing of theirs runs on.</summary>
    public static async Task<Result<(TFirst First, TSecond Second)>> Both<TFirst, TSecond>(Task<Result<TFirst>> first, Task<Result<TSecond>> second)
    {
        var both = Task.WhenAll(first, second);
        await both.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (both.IsCompletedSuccessfully && (await first).Succeeded(out var one, out _) && (await second).Succeeded(out var other, out _))
        {
            return (one, other);
        }

        Dispose(first);
        Dispose(second);
        return (await first).Error ?? (await second).Error!;
    }

    private static void Dispose<T>(Task<Result<T>> done)
    {
        if (done.IsCompletedSuccessfully)
        {
            (done.Result.Value as IDisposable)?.Dispose();
        }
    }
}
