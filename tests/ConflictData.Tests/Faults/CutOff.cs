namespace ConflictData.Tests.Faults;

/// <summary>A way to storage that ends for good at a request, as that of an instance that dies.</summary>
internal sealed class CutOff : IAsyncDisposable
{
    private readonly TaskCompletionSource done = new();
    private readonly StorageProxy proxy;

    /// <param name="storage">Connection string.</param>
    /// <param name="here">True of the request at which it ends, and of the moment.</param>
    public CutOff(string storage, Func<StorageRequest, Moment, bool> here) => proxy = new StorageProxy(storage, (request, now) =>
    {
        if (here(request, now))
        {
            done.TrySetResult();
        }

        return ValueTask.FromResult(!Done.IsCompleted ? Fault.None : now == Moment.Arrived ? Fault.Reset : Fault.DropAnswer);
    });

    public string ConnectionString => proxy.ConnectionString;

    /// <summary>Ends when it is cut off.</summary>
    public Task Done => done.Task;

    /// <summary>One that ends after so many transactions.</summary>
    public static CutOff After(int transactions, string storage) => new(
        storage, (request, now) => now == Moment.Arrived && request.IsBatch && Interlocked.Decrement(ref transactions) < 0);

    public ValueTask DisposeAsync() => proxy.DisposeAsync();
}
