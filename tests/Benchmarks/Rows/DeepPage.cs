using System.Globalization;
using Benchmarks.Harness;

namespace Benchmarks.Rows;

/// <summary>A page deep in our feed against the first one.</summary>
internal sealed class DeepPage : BenchmarkRow
{
    private const double Deep = 0.9;

    /// <summary>“As fast” within what single pages vary by.</summary>
    private const double LeastRatio = 0.8;

    public override string Name => "deep";

    public override async Task<IReadOnlyList<RowResult>> Run(Scene scene)
    {
        var first = scene.Ours("Casualties");
        var deep = (await scene.Client.Read(first, (long)(scene.Scale.Shape.Current * Deep))).Next;
        Require(deep is not null, "The feed ends before its last tenth.");
        var measured = await Compare.InTurns(scene.Scale.Runs, () => Pages(scene, deep!), () => Pages(scene, first));
        var ratio = measured[0].FasterThan(measured[1]);
        return
        [
            new("a page deep in the feed; here the other is our own first page", Milliseconds(measured[0]), Milliseconds(measured[1]), ratio)
            {
                Targets = [new("as fast as the first", ratio >= LeastRatio)],
            },
        ];
    }

    private static async Task<long> Pages(Scene scene, Uri page)
    {
        for (var number = 0; number < scene.Scale.Requests; number++)
        {
            await scene.Client.Read(page, 1);
        }

        return scene.Scale.Requests;
    }

    private static string Milliseconds(Measurement measured) => string.Create(CultureInfo.InvariantCulture, $"{measured.Milliseconds:F1} ms");
}
