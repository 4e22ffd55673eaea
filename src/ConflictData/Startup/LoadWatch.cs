using ConflictData.Api;
using ConflictData.Query;
using Microsoft.Extensions.Logging;

namespace ConflictData.Startup;

/// <summary>Says every few seconds how far a long load is, so that whoever starts an instance sees that it is at work.</summary>
internal sealed class LoadWatch(ReleaseFollower follower, Engine engine, TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>Watches a load until it ends; gives what it gives.</summary>
    public async Task<T> Over<T>(Task<T> loading)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await Task.WhenAny(loading, timer.WaitForNextTickAsync(CancellationToken.None).AsTask()) != loading)
        {
            log.Loading(engine.History.Commits.Count, follower.RevisionsRead);
        }

        return await loading;
    }
}
