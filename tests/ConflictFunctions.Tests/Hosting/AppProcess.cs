using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace ConflictFunctions.Tests.Hosting;

/// <summary>The built app as a process of its own, with a data folder of its own.</summary>
internal sealed class AppProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly string folder;
    private readonly Task<string> errors;

    private AppProcess(Process process, string folder)
    {
        this.process = process;
        this.folder = folder;
        errors = process.StandardError.ReadToEndAsync();
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
        foreach (var (name, value) in new Dictionary<string, string>(settings) { ["LocalFolder"] = folder, ["LoadSample"] = "false" })
        {
            start.Environment[name] = value;
        }

        return new(Process.Start(start)!, folder);
    }

    /// <summary>The address under which the app serves its functions, when it does.</summary>
    public async Task<Uri> Address()
    {
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.Contains("HealthLive: [GET] ", StringComparison.Ordinal))
            {
                return new(line[line.IndexOf("http", StringComparison.Ordinal)..]);
            }
        }

        throw new InvalidOperationException($"The app ended before it served anything: {await errors}");
    }

    /// <summary>Exit code and the lines on standard error, when the app has ended.</summary>
    public async Task<(int ExitCode, string[] Errors)> Ended()
    {
        await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, (await errors).Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Ctrl-C.</summary>
    public Task Interrupt() => Process.Start("kill", ["-INT", $"{process.Id}"]).WaitForExitAsync(TestContext.Current.CancellationToken);

    /// <summary>Ends the process with no chance to clean up.</summary>
    public void Kill() => process.Kill();

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static string Metadata(string key) =>
        typeof(AppProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == key).Value!;
}
