namespace ConflictData.Tests.Faults;

/// <summary>A clock that is ahead, for an instance that need not wait for others to fall silent.</summary>
internal sealed class LaterClock(TimeSpan ahead) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;
}
