namespace ConflictData.Releases;

/// <summary>The time of the next commit or move of a tag: to the millisecond, and later than the one before even when clocks differ.</summary>
public static class CommitClock
{
    public static DateTimeOffset After(DateTimeOffset? last, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        var millisecond = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
        var earliest = last?.AddMilliseconds(1) ?? DateTimeOffset.MinValue;
        return millisecond > earliest ? millisecond : earliest;
    }
}
