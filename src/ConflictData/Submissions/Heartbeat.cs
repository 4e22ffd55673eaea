namespace ConflictData.Submissions;

/// <summary>Says again and again that a submission is being worked on, so that nobody takes it over.</summary>
internal sealed class Heartbeat : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Task beating;

    public Heartbeat(SubmissionLog log, Attempt attempt, TimeProvider clock)
    {
        Attempt = attempt;
        beating = Beat(log, clock);
    }

    /// <summary>The attempt that is at work now.</summary>
    public Attempt Attempt { get; set; }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await beating;
        stop.Dispose();
    }

    private async Task Beat(SubmissionLog log, TimeProvider clock)
    {
        using var timer = new PeriodicTimer(SubmissionLog.Silence / 4, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stop.Token))
            {
                await log.Touch(Attempt, stop.Token);
            }
        }
        catch (Exception error) when (error is OperationCanceledException || Api.Failures.IsStorage(error))
        {
            // The work itself notices that storage is gone; silence only means that somebody else may go on with it.
        }
    }
}
