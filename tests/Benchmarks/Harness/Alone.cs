using System.Diagnostics;
using System.Globalization;
using Benchmarks.Data;
using Benchmarks.Service;

namespace Benchmarks.Harness;

/// <summary>Runs of our server by itself, in a process without the baseline and its list.</summary>
internal static class Alone
{
    private const int ProfiledPasses = 20;

    /// <summary>Argument of the process that <see cref="Resident"/> starts.</summary>
    public const string MemoryArgument = "--memory";

    /// <summary>Reads the feed again and again, for a profiler to attach to.</summary>
    public static async Task Profile(Scale scale)
    {
        await using var app = await AppServer.Start(new GeneratedReleases(scale.Shape), scale.PageSize, _ => { });
        using var client = new FeedClient();
        Console.WriteLine($"Process {Environment.ProcessId} is loaded; attach now.");
        for (var pass = 0; pass < ProfiledPasses; pass++)
        {
            var (start, processor) = (TimeProvider.System.GetTimestamp(), Environment.CpuUsage.TotalTime);
            var read = await client.Read(new(app.Root, "Casualties"));
            var (time, busy) = (TimeProvider.System.GetElapsedTime(start), Environment.CpuUsage.TotalTime - processor);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{read.Rows / time.TotalSeconds:N0} rows/s, processor {busy.TotalSeconds:F2} s a pass, {Environment.WorkingSet / 1e6:N0} MB"));
        }
    }

    /// <summary>Loads, reads the feed once and prints the resident bytes of this process.</summary>
    public static async Task PrintMemory(Scale scale)
    {
        await using var app = await AppServer.Start(new GeneratedReleases(scale.Shape), scale.PageSize, _ => { });
        using (var client = new FeedClient())
        {
            await client.Read(new(app.Root, "Casualties"));
        }

        // What the generator left behind is not the app's.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        Console.WriteLine(Environment.WorkingSet.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Resident bytes of such a process, with the garbage collector that the function app has.</summary>
    public static async Task<long> Resident(bool smoke)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, smoke ? [MemoryArgument, "--test"] : [MemoryArgument]) { RedirectStandardOutput = true };
        start.Environment["DOTNET_gcServer"] = "0";
        using var process = Process.Start(start)!;
        var printed = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return long.Parse(printed, CultureInfo.InvariantCulture);
    }
}
