using Microsoft.Extensions.Time.Testing;

namespace ConflictData.Tests.Faults;

/// <summary>Stands still until a test says otherwise, and tells when somebody begins to wait.</summary>
internal sealed class WatchedClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly TaskCompletionSource waits = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The wait that the test is about.</summary>
    public TimeSpan? Awaited { get; set; }

    /// <summary>Done once somebody waits for so long.</summary>
    public Task Waits => waits.Task;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime == Awaited)
        {
            waits.TrySetResult();
        }

        return timer;
    }
}
