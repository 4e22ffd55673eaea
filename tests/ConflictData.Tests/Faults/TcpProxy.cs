using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;

namespace ConflictData.Tests.Faults;

public enum Fault
{
    None,

    /// <summary>The server gets the request and answers; the client sees the connection break.</summary>
    DropAnswer,

    /// <summary>The connection breaks before the server gets the request.</summary>
    Reset,
}

/// <summary>Stands between a client and a server on this machine and harms the requests that a test chooses.</summary>
public sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly int target;
    private readonly Func<string, Fault> judge;
    private readonly Task accepting;
    private int dropped;

    /// <param name="target">Port of the server.</param>
    /// <param name="judge">Gets each piece of a request as it arrives; what it says last before the answer counts.</param>
    public TcpProxy(int target, Func<string, Fault> judge)
    {
        (this.target, this.judge) = (target, judge);
        listener.Start();
        accepting = Accept();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public int Dropped => dropped;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        stop.Dispose();
    }

    private async Task Accept()
    {
        List<Task> relays = [];
        try
        {
            while (true)
            {
                relays.Add(Relay(await listener.AcceptTcpClientAsync(stop.Token)));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(relays);
        }
    }

    private async Task Relay(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient();
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, target, stop.Token);
            var verdict = new StrongBox<Fault>();
            await await Task.WhenAny(Requests(near, far, verdict), Answers(near, far, verdict));
        }
        catch (Exception end) when (end is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // A broken connection is what this is for.
        }
    }

    private async Task Requests(TcpClient near, TcpClient far, StrongBox<Fault> verdict)
    {
        var buffer = new byte[64 * 1024];
        while (await near.GetStream().ReadAsync(buffer, stop.Token) is var length and > 0)
        {
            var fault = judge(Encoding.Latin1.GetString(buffer, 0, length));
            if (fault == Fault.Reset)
            {
                return;
            }

            verdict.Value = fault == Fault.None ? verdict.Value : fault;
            await far.GetStream().WriteAsync(buffer.AsMemory(0, length), stop.Token);
        }
    }

    private async Task Answers(TcpClient near, TcpClient far, StrongBox<Fault> verdict)
    {
        var buffer = new byte[64 * 1024];
        while (await far.GetStream().ReadAsync(buffer, stop.Token) is var length and > 0)
        {
            if (verdict.Value == Fault.DropAnswer)
            {
                Interlocked.Increment(ref dropped);
                return;
            }

            await near.GetStream().WriteAsync(buffer.AsMemory(0, length), stop.Token);
        }
    }
}
