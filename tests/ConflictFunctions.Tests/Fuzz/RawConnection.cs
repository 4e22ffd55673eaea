using System.Net.Sockets;

namespace ConflictFunctions.Tests.Fuzz;

/// <summary>Sends bytes as they are, which no HTTP client would.</summary>
internal static class RawConnection
{
    /// <summary>All bytes that come back until the server closes the connection.</summary>
    public static async Task<byte[]> Exchange(Uri server, RawRequest request, CancellationToken cancellation)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(server.Host, server.Port, cancellation);
        var sending = Send(client.Client, request, cancellation);
        var received = await ReadToEnd(client.Client, cancellation);
        await sending;
        return received;
    }

    private static async Task Send(Socket socket, RawRequest request, CancellationToken cancellation)
    {
        try
        {
            var piece = (request.Bytes.Length / request.Pieces) + 1;
            for (var at = 0; at < request.Bytes.Length; at += piece)
            {
                await socket.SendAsync(request.Bytes.AsMemory(at, Math.Min(piece, request.Bytes.Length - at)), cancellation);
            }

            if (request.EndsInput)
            {
                socket.Shutdown(SocketShutdown.Send);
            }
        }
        catch (SocketException)
        {
            // The server has seen enough: what it said before it closed the connection counts.
        }
    }

    private static async Task<byte[]> ReadToEnd(Socket socket, CancellationToken cancellation)
    {
        using var received = new MemoryStream();
        var buffer = new byte[64 * 1024];
        try
        {
            for (int count; (count = await socket.ReceiveAsync(buffer, cancellation)) > 0;)
            {
                received.Write(buffer, 0, count);
            }
        }
        catch (SocketException)
        {
            // Reset with bytes of ours unread.
        }

        return received.ToArray();
    }
}
