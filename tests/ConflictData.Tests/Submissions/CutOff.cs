using System.Text.RegularExpressions;
using ConflictData.Tests.Faults;

namespace ConflictData.Tests.Submissions;

/// <summary>A way to storage that ends for good after so many pieces of revisions were written, as that of an instance that dies.</summary>
internal sealed class CutOff : IAsyncDisposable
{
    private readonly TaskCompletionSource done = new();
    private readonly TcpProxy proxy;
    private readonly int afterWrites;
    private int writes;

    public CutOff(string connectionString, int afterWrites)
    {
        this.afterWrites = afterWrites;
        var port = int.Parse(Regex.Match(connectionString, @"TableEndpoint=http://[^:]+:(\d+)").Groups[1].Value);
        proxy = new TcpProxy(port, Judge);
        ConnectionString = connectionString.Replace($":{port}/", $":{proxy.Port}/");
    }

    public string ConnectionString { get; }

    /// <summary>Ends when it is cut off.</summary>
    public Task Done => done.Task;

    public ValueTask DisposeAsync() => proxy.DisposeAsync();

    private Fault Judge(string request)
    {
        if (request.StartsWith("POST /devstoreaccount1/$batch", StringComparison.Ordinal) && Interlocked.Increment(ref writes) > afterWrites)
        {
            done.TrySetResult();
        }

        return Done.IsCompleted ? Fault.Reset : Fault.None;
    }
}
