using ConflictData.Api;

namespace ConflictData.Query;

/// <summary>
/// Tells a query that does not fit into the engine's memory from one that found too little of it left: the first failed with
/// nothing beside it, or again after it had been told to come back.
/// </summary>
internal sealed class MemoryShortage(TimeProvider clock)
{
    private const int Remembered = 100;
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(10);

    private readonly RecentlyUsed<string, DateTimeOffset> failures = new(Remembered, (_, _) => 1);
    private int running;
    private int begun;

    /// <summary>Work of the engine begins; it is over when it is disposed.</summary>
    public Work Begin() => new(this);

    /// <summary>True where it is of no use to try a query again that found too little memory.</summary>
    public bool IsForGood(SqlQuery query, Work work)
    {
        var key = $"{query.Text}\0{string.Join('\0', query.Parameters)}";
        var failedBefore = failures.TryFind(key, out var last) && clock.GetUtcNow() - last < Again;
        failures.Replace(key, clock.GetUtcNow());
        return work.IsAlone || failedBefore;
    }

    internal sealed class Work : IDisposable
    {
        private readonly MemoryShortage shortage;
        private readonly int number;
        private readonly bool beganAlone;

        public Work(MemoryShortage shortage)
        {
            this.shortage = shortage;
            number = Interlocked.Increment(ref shortage.begun);
            beganAlone = Interlocked.Increment(ref shortage.running) == 1;
        }

        /// <summary>True where nothing else ran since it began.</summary>
        public bool IsAlone => beganAlone && Volatile.Read(ref shortage.begun) == number;

        public void Dispose() => Interlocked.Decrement(ref shortage.running);
    }
}
