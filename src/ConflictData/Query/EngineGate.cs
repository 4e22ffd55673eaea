using ConflictData.Api;

namespace ConflictData.Query;

/// <summary>
/// Lets so many queries run at once as the settings say, else as there are cores, but at least two. Only one of them may be
/// heavy, so that a page never waits behind another caller's sort.
/// </summary>
internal sealed class EngineGate(Settings settings, TimeProvider clock)
{
    private readonly SemaphoreSlim slots = new(Math.Max(2, settings.QueriesAtOnce > 0 ? settings.QueriesAtOnce : Environment.ProcessorCount));
    private readonly SemaphoreSlim heavy = new(1);

    private readonly ApiError busy = new(
        ErrorCode.Busy, $"Other queries keep the engine busy; this one waited {settings.QueueSeconds} seconds for its turn. Try again, or ask for less at once.")
    {
        RetryAfter = (int)Math.Ceiling(settings.QueueSeconds),
    };

    /// <summary>The right to run one query, given back by disposing it; busy when none came up in time.</summary>
    public async Task<Result<Turn>> Enter(QueryClass @class, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(settings.QueueSeconds), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        SemaphoreSlim[] needed = @class == QueryClass.Heavy ? [heavy, slots] : [slots];
        var turn = new Turn();
        try
        {
            foreach (var semaphore in needed)
            {
                await semaphore.WaitAsync(either.Token);
                turn.Hold(semaphore);
            }

            return turn;
        }
        catch (OperationCanceledException)
        {
            turn.Dispose();
            cancellation.ThrowIfCancellationRequested();
            return busy;
        }
    }

    internal sealed class Turn : IDisposable
    {
        private readonly Stack<SemaphoreSlim> held = new();

        public void Hold(SemaphoreSlim semaphore) => held.Push(semaphore);

        public void Dispose()
        {
            while (held.TryPop(out var semaphore))
            {
                semaphore.Release();
            }
        }
    }
}
