using System.Net;
using System.Net.Sockets;

namespace LocalFunctionsHost.Http;

internal static class Ports
{
    /// <summary>Looks before anything else is started whether the port can be had.</summary>
    public static void RefuseTaken(int port)
    {
        if (port != 0 && (IsTaken(IPAddress.Loopback, port) || IsTaken(IPAddress.IPv6Loopback, port)))
        {
            throw Taken(port);
        }
    }

    public static StartupException Taken(int port) =>
        new($"Port {port} is already in use: stop what listens there, or choose another port with --port <port>.");

    private static bool IsTaken(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return false;
        }
        catch (SocketException error)
        {
            // Any other failure, such as a machine without IPv6, is for the server to judge.
            return error.SocketErrorCode == SocketError.AddressAlreadyInUse;
        }
    }
}
