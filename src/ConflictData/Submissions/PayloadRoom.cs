namespace ConflictData.Submissions;

/// <summary>
/// The memory of this process for contents that are larger than small: a body of a megabyte can hold 200. Whoever needs more than there is
/// waits for a while, one behind the other, and what a caller sent waits packed.
/// </summary>
internal sealed class PayloadRoom(int megabytes, TimeSpan patience)
{
    private const int Megabyte = 1024 * 1024;

    private readonly int megabytes = megabytes;
    private readonly SemaphoreSlim turn = new(1);
    private readonly SemaphoreSlim free = new(megabytes);

    /// <summary>The one of this process.</summary>
    public static PayloadRoom Shared { get; } = new(SubmissionLimits.ContentMegabytes, TimeSpan.FromSeconds(SubmissionLimits.ContentWaitSeconds));

    /// <summary>Begins to take room; what was taken is given back when the visit is disposed.</summary>
    public Visit Enter() => new(this);

    // Only one takes at a time, so that no two wait for what the other has.
    private async Task<bool> Take(int wanted, CancellationToken cancellation)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(patience);
        var taken = 0;
        try
        {
            await Pass(turn, late.Token);
            try
            {
                for (; taken < wanted; taken++)
                {
                    await Pass(free, late.Token);
                }

                return true;
            }
            finally
            {
                turn.Release();
            }
        }
        catch (OperationCanceledException)
        {
            GiveBack(taken);
            cancellation.ThrowIfCancellationRequested();
            return false;
        }
    }

    /// <summary>Whoever need not wait cannot be late.</summary>
    private static Task Pass(SemaphoreSlim semaphore, CancellationToken late) => semaphore.Wait(0, CancellationToken.None) ? Task.CompletedTask : semaphore.WaitAsync(late);

    private void GiveBack(int taken)
    {
        if (taken > 0)
        {
            free.Release(taken);
        }
    }

    /// <summary>What one submission holds.</summary>
    internal sealed class Visit(PayloadRoom room) : IDisposable
    {
        private int held;

        /// <summary>False where there was no room for so many bytes in time. What is smaller than a megabyte needs none.</summary>
        public async Task<bool> Take(long bytes, CancellationToken cancellation)
        {
            var wanted = (int)Math.Min(bytes / Megabyte, room.megabytes - held);
            if (wanted > 0 && !await room.Take(wanted, cancellation))
            {
                return false;
            }

            held += wanted;
            return true;
        }

        public void Dispose()
        {
            room.GiveBack(held);
            held = 0;
        }
    }
}
