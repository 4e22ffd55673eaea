using ConflictData.Api;
using ConflictData.Query;
using ConflictData.Releases;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ConflictData.Submissions;

/// <summary>
/// Finishes submissions whose callers have their answer already, one after the other, from what was kept of them.
/// Azure Functions may stop an instance once its calls are answered, whatever still runs on it. So the work that
/// <see cref="Start"/> begins is a head start; what the promise rests on is <see cref="Resume"/>, which a timer calls.
/// </summary>
public sealed class LongSubmissions(
    IReleaseStore store, SubmissionLog log, Engine engine, ReleaseFollower follower, RowRoom rows, TimeProvider clock, ILogger<LongSubmissions> logger) : IHostedService
{
    /// <summary>Well within what a host gives a function: whoever overstays is ended with all other calls of its instance.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    private readonly PromisedWork work = new(store, log, new SubmissionCommitter(store, log, engine, follower, clock), rows, clock, logger);
    private readonly SemaphoreSlim slots = new(SubmissionLimits.LongAtOnce);
    private readonly CancellationTokenSource stopping = new();
    private int inHand;

    /// <summary>Begins with a promised submission as soon as there is room; with more than can wait here it is left to <see cref="Resume"/>.</summary>
    public void Start(Attempt attempt)
    {
        if (!stopping.IsCancellationRequested && Volatile.Read(ref inHand) < SubmissionLimits.LongWaiting)
        {
            _ = Task.Run(() => Finish(attempt));
        }
    }

    /// <summary>
    /// Takes over what fell silent, on this instance or another, and finishes it, one after the other. It ends when nothing is left, so
    /// that the host keeps the instance for it. Safe to run twice at once; when cancelled, the rest is for the next time.
    /// </summary>
    public async Task Resume(CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            await foreach (var attempt in log.TakeOverSilent(stop.Token))
            {
                await Finish(attempt).WaitAsync(stop.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // What is in hand goes on; the rest is for the next time.
        }
    }

    Task IHostedService.StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Waits for what is being done as long as the host has patience. What is not done falls silent, and is taken over.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        var free = 0;
        try
        {
            for (; free < SubmissionLimits.LongAtOnce; free++)
            {
                await slots.WaitAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The host's patience is over.
        }

        if (free > 0)
        {
            slots.Release(free);
        }
    }

    /// <summary>Never throws: nobody waits for the answer but those who look at the submission.</summary>
    private async Task Finish(Attempt attempt)
    {
        Interlocked.Increment(ref inHand);
        try
        {
            await using var alive = new Heartbeat(log, attempt, isPromised: true, isWatched: true, clock);
            await slots.WaitAsync(stopping.Token);
            try
            {
                await work.Run(alive, stopping.Token);
            }
            finally
            {
                slots.Release();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // It never got its turn here, or what it waits for does not come back in time.
        }
        catch (Exception problem)
        {
            logger.SubmissionInterrupted(problem, attempt.SubmissionId);
        }
        finally
        {
            Interlocked.Decrement(ref inHand);
        }
    }
}
