using System.Diagnostics;
using System.Globalization;
using Benchmarks.Data;
using Benchmarks.Service;

namespace Benchmarks.Harness;

/// <summary>What a client saw of a process that started cold.</summary>
/// <param name="Time">From its start to the last byte of the first page.</param>
/// <param name="Processor">The processor's time in it, on all cores; what else runs on the machine does not count.</param>
/// <param name="Rows">Rows of that page.</param>
/// <param name="MostBytes">The most memory that it has taken until all ids were known.</param>
internal sealed record ColdStart(TimeSpan Time, TimeSpan Processor, int Rows, long MostBytes);

/// <summary>Runs of our server by itself, in a process without the baseline and its list.</summary>
internal static class Alone
{
    private const int ProfiledPasses = 20;

    /// <summary>Argument of the process that <see cref="Resident"/> starts.</summary>
    public const string MemoryArgument = "--memory";

    /// <summary>Argument of the process that <see cref="Start"/> starts.</summary>
    public const string ServeArgument = "--serve";

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

    /// <summary>Serves what is in storage, as the app starts by itself, until standard input ends.</summary>
    public static async Task Serve()
    {
        await using var app = await AppServer.StartCold();
        Console.WriteLine(app.Root);
        await Console.In.ReadToEndAsync();
    }

    /// <summary>Starts such a process and reads the first page of Casualties.</summary>
    public static async Task<ColdStart> Start(string connectionString)
    {
        var info = new ProcessStartInfo(Environment.ProcessPath!, [ServeArgument]) { RedirectStandardOutput = true, RedirectStandardInput = true };
        info.Environment["DOTNET_gcServer"] = "0";
        info.Environment["AzureWebJobsStorage"] = connectionString;
        info.Environment["AnonymousRead"] = "true";
        using var client = new FeedClient();
        var started = TimeProvider.System.GetTimestamp();
        using var process = Process.Start(info)!;
        var root = new Uri(await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The process ended before it listened."));
        await client.Read(new(root, "Casualties"), 1);
        var time = TimeProvider.System.GetElapsedTime(started);
        var (processor, rows) = (process.TotalProcessorTime, client.LastRows);
        // A read by key waits until all ids are known.
        await client.Text(new(root, $"Casualties('{CasualtyCells.Id(0)}')"));
        process.Refresh();
        var most = process.PeakWorkingSet64;
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return new(time, processor, rows, most);
    }
}
