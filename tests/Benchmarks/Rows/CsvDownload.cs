using System.Globalization;
using System.Security.Cryptography;
using Benchmarks.Harness;
using Benchmarks.Service;

namespace Benchmarks.Rows;

/// <summary>A published CSV file against a plain copy of the same blob by the same server.</summary>
internal sealed class CsvDownload : BenchmarkRow
{
    private const double LeastRatio = 0.8;

    private readonly byte[] buffer = new byte[1 << 20];

    public override string Name => "csv";

    public override async Task<IReadOnlyList<RowResult>> Run(Scene scene)
    {
        await using var files = await FileServer.Start(scene.App, scene.Scale.Shape.Releases);
        using var http = FeedClient.Http(gzip: false);
        foreach (var address in new[] { files.Ours, files.Copy })
        {
            var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(await http.GetStreamAsync(address)));
            Require(hash == files.File.Sha256, $"{address} gave other bytes than were published.");
        }

        var measured = await Compare.InTurns(scene.Scale.Runs, () => Read(http, files.Ours), () => Read(http, files.Copy));
        var ratio = measured[0].FasterThan(measured[1]);
        return
        [
            new("CSV file downloaded; here the other is a plain copy of its blob", PerSecond(measured[0]), PerSecond(measured[1]), ratio)
            {
                Targets = [new($"≥ {LeastRatio} × the copy", ratio >= LeastRatio)],
            },
        ];
    }

    /// <summary>Reads every byte.</summary>
    private async Task<long> Read(HttpClient http, Uri address)
    {
        await using var body = await http.GetStreamAsync(address);
        var bytes = 0L;
        while (await body.ReadAsync(buffer) is > 0 and var got)
        {
            bytes += got;
        }

        return bytes;
    }

    private static string PerSecond(Measurement measured) => string.Create(CultureInfo.InvariantCulture, $"{measured.UnitsPerSecond / 1e6:N0} MB/s");
}
