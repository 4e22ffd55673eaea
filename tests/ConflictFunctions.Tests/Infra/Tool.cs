using System.Diagnostics;

namespace ConflictFunctions.Tests.Infra;

/// <summary>A program that is run to its end.</summary>
/// <param name="ExitCode">0 = it succeeded.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Complaints">What it printed as errors and warnings.</param>
internal sealed record Tool(int ExitCode, string Output, string Complaints)
{
    public static async Task<Tool> Run(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var (output, complaints) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new(process.ExitCode, await output, await complaints);
    }
}
