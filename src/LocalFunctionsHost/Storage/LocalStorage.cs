using System.Net;
using System.Net.Sockets;
using LocalFunctionsHost.Configuration;

namespace LocalFunctionsHost.Storage;

/// <summary>Sees to it that the storage emulator which the settings name is there, and takes away what it brought.</summary>
internal sealed class LocalStorage(HostSettings settings) : IAsyncDisposable
{
    private AzuriteProcess? own;

    /// <summary>Starts an emulator unless one listens already.</summary>
    /// <exception cref="StartupException">It cannot be started, or only some of its ports are free.</exception>
    public async Task Start(CancellationToken cancellation)
    {
        if (!settings.UsesEmulator)
        {
            return;
        }

        var ports = new StoragePorts(settings.AzuritePort);
        var (blob, queue, table) = (await Listens(ports.Blob, cancellation), await Listens(ports.Queue, cancellation), await Listens(ports.Table, cancellation));
        if (blob && table)
        {
            return;
        }

        if (blob || queue || table)
        {
            var taken = blob ? ports.Blob : table ? ports.Table : ports.Queue;
            throw new StartupException($"Port {taken} is taken, but not by a whole storage emulator: free it, or choose three other ports with --AzuritePort=<first port>.");
        }

        var folder = Path.Combine(settings.LocalFolder, "azurite");
        own = await AzuriteProcess.Start(new(folder) { BlobPort = ports.Blob, QueuePort = ports.Queue, TablePort = ports.Table }, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (own is not null)
        {
            await own.DisposeAsync();
        }
    }

    private static async Task<bool> Listens(int port, CancellationToken cancellation)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, cancellation);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
