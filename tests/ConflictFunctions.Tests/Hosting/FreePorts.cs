using System.Net;
using System.Net.Sockets;

namespace ConflictFunctions.Tests.Hosting;

internal static class FreePorts
{
    /// <summary>The first of some ports in a row that nothing listens on.</summary>
    /// <remarks>Below the ports that systems hand out by themselves, so that nobody is given one between this look and its use.</remarks>
    public static int Take(int count)
    {
        int first;
        do
        {
            first = Random.Shared.Next(20_000, 32_000);
        }
        while (!Enumerable.Range(first, count).All(IsFree));
        return first;
    }

    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
