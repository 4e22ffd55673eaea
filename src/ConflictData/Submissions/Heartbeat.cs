namespace ConflictData.Submissions;

/// <summary>Says again and again that a submission is being worked on, and how far it is, so that nobody takes it over.</summary>
internal sealed class Heartbeat : IAsyncDisposable
{
    /// <summary>How long those who look how far it is may be told the same.</summary>
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource stop = new();
    private readonly Task beating;

    /// <param name="log">Where it is said.</param>
    /// <param name="attempt">The attempt that begins.</param>
    /// <param name="isPromised">True where the caller was told that it will be finished.</param>
    /// <param name="isWatched">True where nobody waits for the answer, and so looks how far it is.</param>
    /// <param name="clock">The clock.</param>
    public Heartbeat(SubmissionLog log, Attempt attempt, bool isPromised, bool isWatched, TimeProvider clock)
    {
        (Attempt, IsPromised) = (attempt, isPromised);
        var calm = log.Silence / 4;
        beating = Beat(log, isWatched && Watched < calm ? Watched : calm, clock);
    }

    /// <summary>The attempt that is at work now.</summary>
    public Attempt Attempt { get; set; }

    /// <summary>True once there may be revisions of it in storage, of which housekeeping must know.</summary>
    public bool HasBegunWriting { get; set; }

    /// <summary>True where the caller was told that the submission will be finished.</summary>
    public bool IsPromised { get; }

    /// <summary>The rows that it has done.</summary>
    public RowProgress Progress { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await beating;
        stop.Dispose();
    }

    private async Task Beat(SubmissionLog log, TimeSpan period, TimeProvider clock)
    {
        using var timer = new PeriodicTimer(period, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stop.Token))
            {
                await Touch(log);
            }
        }
        catch (OperationCanceledException)
        {
            // The work is over.
        }
    }

    private async Task Touch(SubmissionLog log)
    {
        try
        {
            await log.Touch(Attempt, Progress.Done, stop.Token);
        }
        catch (Exception) when (!stop.IsCancellationRequested)
        {
            // The work itself notices what is wrong with storage, and its answer must not get lost for this; silence only means
            // that somebody else may go on with it.
        }
    }
}
