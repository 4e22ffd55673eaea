using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace ConflictFunctions.Tests.Hosting;

/// <summary>The built app as a process of its own, with a data folder of its own.</summary>
internal sealed class AppProcess : IAsyncDisposable
{
    private const ulong InterruptBit = 1 << (2 - 1);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly Task<string> errors;
    private readonly Channel<string> unread = Channel.CreateUnbounded<string>();
    private readonly ConcurrentQueue<string> printed = new();
    private readonly Task reading;

    private AppProcess(Process process, string folder)
    {
        this.process = process;
        Folder = folder;
        errors = process.StandardError.ReadToEndAsync();
        reading = ReadOutput();
    }

    /// <summary>Where the app keeps what belongs to this machine.</summary>
    public string Folder { get; }

    /// <summary>All that the app has printed so far.</summary>
    public IReadOnlyCollection<string> Printed => printed;

    /// <summary>The most memory that the app has held at any time, in bytes.</summary>
    public long PeakMemory
    {
        get
        {
            process.Refresh();
            return process.PeakWorkingSet64;
        }
    }

    public static string Project => Metadata("AppProject");

    public static string Configuration => Metadata("Configuration");

    /// <summary>The dotnet that runs these tests.</summary>
    public static string Dotnet => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    /// <summary>Starts the app with settings given as environment variables; it loads no sample unless they say so.</summary>
    public static AppProcess Start(Dictionary<string, string> settings)
    {
        var folder = Directory.CreateTempSubdirectory("app-").FullName;
        var assembly = Path.Combine(Path.GetDirectoryName(Project)!, "bin", Configuration, Metadata("TargetFramework"), "ConflictFunctions.dll");
        var start = new ProcessStartInfo(Dotnet, [assembly]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var (name, value) in new Dictionary<string, string> { ["LocalFolder"] = folder, ["LoadSample"] = "false" }.Concat(settings))
        {
            start.Environment[name] = value;
        }

        return new(Process.Start(start)!, folder);
    }

    /// <summary>The address of the health function that says that the app is alive, when it serves.</summary>
    public async Task<Uri> Address()
    {
        var line = await Line("HealthLive: ");
        return new(line[line.IndexOf("http", StringComparison.Ordinal)..]);
    }

    /// <summary>The next line that has some words, when it is printed.</summary>
    public async Task<string> Line(string words)
    {
        await foreach (var line in unread.Reader.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            if (line.Contains(words, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"The app ended before it printed \"{words}\": {string.Join('\n', printed)}\n{await errors}");
    }

    /// <summary>Exit code and the lines on standard error, when the app has ended.</summary>
    public async Task<(int ExitCode, string[] Errors)> Ended()
    {
        await reading.WaitAsync(Patience, TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, (await errors).Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Ctrl-C, or what a service manager sends where the tests themselves run with Ctrl-C ignored, as shells start their background jobs.</summary>
    public Task Interrupt() => Signal(IgnoresInterrupt() ? "-TERM" : "-INT");

    /// <summary>Stops the process in the middle of whatever it does, until <see cref="GoOn"/>.</summary>
    public Task Suspend() => Signal("-STOP");

    public Task GoOn() => Signal("-CONT");

    /// <summary>Ends the process with no chance to clean up.</summary>
    public void Kill() => process.Kill();

    /// <summary>Ends the process, and fails where it ever printed a secret.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        await process.WaitForExitAsync();
        await reading.WaitAsync(Patience);
        process.Dispose();
        Directory.Delete(Folder, recursive: true);
        Secrets.AssertNoneIn([.. printed, .. (await errors).Split('\n')]);
    }

    private Task Signal(string signal) =>
        Process.Start("kill", [signal, $"{process.Id}"]).WaitForExitAsync(TestContext.Current.CancellationToken);

    // An app whose output nobody reads would stop at a full pipe.
    private async Task ReadOutput()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            printed.Enqueue(line);
            unread.Writer.TryWrite(line);
        }

        unread.Writer.Complete();
    }

    private bool IgnoresInterrupt()
    {
        var status = $"/proc/{process.Id}/status";
        return File.Exists(status)
            && File.ReadLines(status).Single(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) is var ignored
            && (Convert.ToUInt64(ignored["SigIgn:".Length..].Trim(), 16) & InterruptBit) != 0;
    }

    internal static string Metadata(string key) =>
        typeof(AppProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == key).Value!;
}
