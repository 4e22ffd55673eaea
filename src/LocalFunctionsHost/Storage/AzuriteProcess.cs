using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;

namespace LocalFunctionsHost.Storage;

/// <summary>An Azurite of our own. It ends when this is disposed and when this process ends, in whatever way.</summary>
public sealed class AzuriteProcess : IAsyncDisposable
{
    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(10);

    private readonly Process process;

    private AzuriteProcess(Process process, AzuriteAddresses addresses)
    {
        this.process = process;
        ConnectionString = EmulatorAccount.ConnectionString(addresses.Blob, addresses.Queue, addresses.Table);
    }

    /// <summary>Storage connection string with the ports that it really listens on.</summary>
    public string ConnectionString { get; }

    /// <summary>Process id of the emulator.</summary>
    public int Id => process.Id;

    /// <summary>Starts it and returns when all its services answer.</summary>
    /// <exception cref="StartupException">Node.js is missing or too old, a port is taken, or Azurite was not installed.</exception>
    public static async Task<AzuriteProcess> Start(AzuriteOptions options, CancellationToken cancellation)
    {
        var process = Launch(options);
        try
        {
            return new(process, await AzuriteAddresses.Read(process, cancellation));
        }
        catch
        {
            await Stop(process);
            throw;
        }
    }

    public async ValueTask DisposeAsync() => await Stop(process);

    private static Process Launch(AzuriteOptions options)
    {
        var installed = InstalledFolder();
        if (!Directory.Exists(Path.Combine(installed, "node_modules")))
        {
            throw new StartupException($"Azurite is not installed in {installed}: build the solution again.");
        }

        var start = new ProcessStartInfo("node")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in Arguments(installed, options))
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new StartupException("Node.js was not found: install Node.js 20 or newer (https://nodejs.org), or start a storage emulator yourself.", missing);
        }
    }

    private static string[] Arguments(string installed, AzuriteOptions options) =>
    [
        Path.Combine(installed, "run.js"), .. options.IsInMemory ? new[] { "--inMemoryPersistence" } : ["--location", Path.GetFullPath(options.Folder)], "--blobHost", "127.0.0.1", "--queueHost", "127.0.0.1",
        "--tableHost", "127.0.0.1", "--blobPort", $"{options.BlobPort}", "--queuePort", $"{options.QueuePort}", "--tablePort", $"{options.TablePort}",
        "--silent", "--skipApiVersionCheck", "--disableTelemetry",
    ];

    private static string InstalledFolder() =>
        typeof(AzuriteProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "AzuriteFolder").Value!;

    private static async Task Stop(Process process)
    {
        using (process)
        {
            process.StandardInput.Close();
            try
            {
                await process.WaitForExitAsync().WaitAsync(TimeToStop);
            }
            catch (TimeoutException)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
