namespace ConflictData.Query;

/// <summary>
/// Something that many callers want to have looked at lately and that is looked at once for all of them: at most one look
/// at a time, and at most one more queued behind it.
/// </summary>
internal sealed class SharedCheck(Func<Task> look, TimeProvider clock)
{
    private readonly Lock gate = new();
    private Look? running;
    private Look? queued;
    private Look? last;

    /// <summary>Ends when there is a look that began less than so long ago; at once where there is.</summary>
    public Task NoOlderThan(TimeSpan age)
    {
        lock (gate)
        {
            return IsWithin(last, age) ? Task.CompletedTask : IsWithin(running, age) ? running!.Done : Start().Done;
        }
    }

    /// <summary>Ends with a look that begins after this call.</summary>
    public Task FromHereOn()
    {
        lock (gate)
        {
            return Start().Done;
        }
    }

    private bool IsWithin(Look? one, TimeSpan age) => one is not null && clock.GetElapsedTime(one.Began) < age;

    private Look Start() => running is null ? running = Begin(new()) : queued ??= new();

    private Look Begin(Look one)
    {
        one.Began = clock.GetTimestamp();
        _ = Run(one);
        return one;
    }

    private async Task Run(Look one)
    {
        await Task.Yield();
        await look();
        lock (gate)
        {
            last = one;
            running = queued is null ? null : Begin(queued);
            queued = null;
        }

        one.Finish();
    }

    private sealed class Look
    {
        private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public long Began { get; set; }

        public Task Done => done.Task;

        public void Finish() => done.SetResult();
    }
}
