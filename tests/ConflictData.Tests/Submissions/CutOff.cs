using ConflictData.Tests.Faults;

namespace ConflictData.Tests.Submissions;

/// <summary>A way to storage that ends for good after so many pieces of revisions were written, as that of an instance that dies.</summary>
internal sealed class CutOff : IAsyncDisposable
{
    private readonly TaskCompletionSource done = new();
    private readonly StorageProxy proxy;
    private readonly int afterWrites;
    private int writes;

    public CutOff(string connectionString, int afterWrites)
    {
        this.afterWrites = afterWrites;
        proxy = new StorageProxy(connectionString, Judge);
    }

    public string ConnectionString => proxy.ConnectionString;

    /// <summary>Ends when it is cut off.</summary>
    public Task Done => done.Task;

    public ValueTask DisposeAsync() => proxy.DisposeAsync();

    private Fault Judge(StorageRequest request)
    {
        if (request.Text.StartsWith("POST /devstoreaccount1/$batch", StringComparison.Ordinal) && Interlocked.Increment(ref writes) > afterWrites)
        {
            done.TrySetResult();
        }

        return Done.IsCompleted ? Fault.Reset : Fault.None;
    }
}
