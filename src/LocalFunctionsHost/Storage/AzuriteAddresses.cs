using System.Diagnostics;
using System.Text.RegularExpressions;

namespace LocalFunctionsHost.Storage;

/// <summary>Where an Azurite that was just started really listens; it says so itself, one line per service.</summary>
internal sealed partial record AzuriteAddresses(string Blob, string Queue, string Table)
{
    public static async Task<AzuriteAddresses> Read(Process process, CancellationToken cancellation)
    {
        var found = new Dictionary<string, string>();
        while (found.Count < 3)
        {
            var line = await process.StandardOutput.ReadLineAsync(cancellation) ?? throw await Failure(process, cancellation);
            if (Listening.Match(line) is { Success: true } match)
            {
                found[match.Groups["service"].Value] = match.Groups["address"].Value;
            }
        }

        Drain(process);
        return new(found["Blob"], found["Queue"], found["Table"]);
    }

    [GeneratedRegex("^Azurite (?<service>Blob|Queue|Table) service is successfully listening at (?<address>http://.+)$")]
    private static partial Regex Listening { get; }

    private static async Task<StartupException> Failure(Process process, CancellationToken cancellation)
    {
        var lines = (await process.StandardError.ReadToEndAsync(cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var reason = lines.FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase)) ?? lines.FirstOrDefault() ?? "no reason given";
        return new($"Azurite, the storage emulator, did not start: {reason.Trim()}");
    }

    // A full pipe would stop the emulator.
    private static void Drain(Process process)
    {
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
    }
}
