using ConflictData.Api;

namespace ConflictData.Query;

/// <summary>
/// Lets as many queries run at once as there are cores, but at least two. Only one of them may be heavy, so that a page
/// never waits behind another caller's sort.
/// </summary>
internal sealed class EngineGate(TimeProvider clock)
{
    /// <summary>How long a query waits for its turn.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static readonly ApiError Busy =
        new(ErrorCode.Busy, "Other queries keep the engine busy; this one waited 2 seconds for its turn.") { RetryAfter = 2 };

    private readonly SemaphoreSlim slots = new(Math.Max(2, Environment.ProcessorCount));
    private readonly SemaphoreSlim heavy = new(1);

    /// <summary>The right to run one query, given back by disposing it; <see cref="Busy"/> when none came up in time.</summary>
    public async Task<Result<Turn>> Enter(QueryClass @class, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
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
            return Busy;
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
