using System.Globalization;
using System.Text.Json;
using Benchmarks.Harness;

namespace Benchmarks.Rows;

/// <summary>A row that compares one kind of request: the same address, ours and the baseline's, by the time of a request.</summary>
internal abstract class RequestRow : BenchmarkRow
{
    protected abstract string What { get; }

    /// <summary>How many times as fast ours must be.</summary>
    protected abstract double LeastRatio { get; }

    /// <summary>The address after the service root; another one for each number where that makes the requests real.</summary>
    protected abstract string Path(Scale scale, int number);

    /// <summary>What both must answer alike.</summary>
    protected abstract string Essence(JsonElement answer);

    public override async Task<IReadOnlyList<RowResult>> Run(Scene scene)
    {
        using var our = await scene.Client.Document(scene.Ours(Path(scene.Scale, 0)));
        using var other = await scene.Client.Document(scene.Baseline(Path(scene.Scale, 0)));
        Require(Essence(our.RootElement) == Essence(other.RootElement), $"{Essence(our.RootElement)} is not {Essence(other.RootElement)}.");
        var measured = await Compare.InTurns(scene.Scale.Runs, () => Ask(scene, scene.Ours), () => Ask(scene, scene.Baseline));
        var ratio = measured[0].FasterThan(measured[1]);
        return
        [
            new(What, Milliseconds(measured[0]), Milliseconds(measured[1]), ratio)
            {
                Targets = [new($"≤ 1/{LeastRatio} of the baseline's time", ratio >= LeastRatio)],
            },
        ];
    }

    protected static string Ids(JsonElement answer) =>
        string.Join(' ', answer.GetProperty("value").EnumerateArray().Select(row => row.GetProperty("Id").GetString()));

    private async Task<long> Ask(Scene scene, Func<string, Uri> root)
    {
        for (var number = 0; number < scene.Scale.Requests; number++)
        {
            await scene.Client.Text(root(Path(scene.Scale, number)));
        }

        return scene.Scale.Requests;
    }

    private static string Milliseconds(Measurement measured) => string.Create(CultureInfo.InvariantCulture, $"{measured.Milliseconds:F2} ms");
}
