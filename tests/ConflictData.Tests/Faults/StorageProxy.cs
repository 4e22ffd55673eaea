using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace ConflictData.Tests.Faults;

/// <summary>
/// Stands between an instance and its storage and harms the requests that a test chooses: before storage has seen them, or after it
/// has done what they ask for. It lets whole requests and whole answers through, so that the two can be told apart.
/// </summary>
public sealed partial class StorageProxy : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Func<StorageRequest, Moment, ValueTask<Fault>> judge;
    private readonly List<TcpListener> listeners = [];
    private readonly List<Task> accepting = [];
    private int requests;
    private int harmed;

    /// <param name="connectionString">Storage on this machine.</param>
    /// <param name="judge">Says of each request what becomes of it, when it arrives, and of those that are to pass once more when they are answered.</param>
    public StorageProxy(string connectionString, Func<StorageRequest, Moment, ValueTask<Fault>> judge)
    {
        this.judge = judge;
        ConnectionString = Endpoint().Replace(connectionString, endpoint => endpoint.Groups["before"].Value + Listen(endpoint.Groups["service"].Value, int.Parse(endpoint.Groups["port"].Value)));
    }

    /// <param name="connectionString">Storage on this machine.</param>
    /// <param name="judge">Says of each request what becomes of it.</param>
    public StorageProxy(string connectionString, Func<StorageRequest, Fault> judge)
        : this(connectionString, (request, moment) => ValueTask.FromResult(moment == Moment.Arrived ? judge(request) : Fault.None))
    {
    }

    /// <summary>Storage by way of the proxy.</summary>
    public string ConnectionString { get; }

    /// <summary>Requests that came so far.</summary>
    public int Requests => requests;

    /// <summary>Requests that were harmed so far.</summary>
    public int Harmed => harmed;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(accepting);
        listeners.ForEach(listener => listener.Stop());
        stop.Dispose();
    }

    private int Listen(string service, int target)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        listeners.Add(listener);
        accepting.Add(Accept(listener, target, isOfTables: service == "Table"));
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task Accept(TcpListener listener, int target, bool isOfTables)
    {
        List<Task> relays = [];
        try
        {
            while (true)
            {
                relays.Add(Relay(await listener.AcceptTcpClientAsync(stop.Token), target, isOfTables));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(relays);
        }
    }

    private async Task Relay(TcpClient client, int target, bool isOfTables)
    {
        using var near = client;
        using var far = new TcpClient();
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, target, stop.Token);
            var (asked, answered) = (new HttpMessages(near.GetStream()), new HttpMessages(far.GetStream()));
            while (await asked.Next(answersHead: false, stop.Token) is { } bytes
                && await Pass(new StorageRequest(Interlocked.Increment(ref requests) - 1, isOfTables, bytes), near, far, answered))
            {
            }
        }
        catch (Exception end) when (end is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // A broken connection is what this is for.
        }
    }

    /// <summary>False where the connection is to break.</summary>
    private async Task<bool> Pass(StorageRequest request, TcpClient near, TcpClient far, HttpMessages answered)
    {
        var fault = await judge(request, Moment.Arrived).AsTask().WaitAsync(stop.Token);
        if (fault != Fault.Reset)
        {
            await far.GetStream().WriteAsync(request.Bytes, stop.Token);
            var answer = await answered.Next(request.IsHead, stop.Token) ?? throw new EndOfStreamException();
            fault = fault == Fault.None ? await judge(request, Moment.Answered).AsTask().WaitAsync(stop.Token) : fault;
            var whole = fault == Fault.None ? answer.Length : fault == Fault.CutAnswer ? answer.Length / 2 : 0;
            await near.GetStream().WriteAsync(answer.AsMemory(0, whole), stop.Token);
        }

        if (fault != Fault.None)
        {
            Interlocked.Increment(ref harmed);
        }

        return fault == Fault.None;
    }

    [GeneratedRegex(@"(?<before>(?<service>Blob|Table)Endpoint=http://[^:]+:)(?<port>\d+)")]
    private static partial Regex Endpoint();
}
