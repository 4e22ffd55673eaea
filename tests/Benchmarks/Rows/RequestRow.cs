using System.Globalization;
using System.Text.Json;
using Benchmarks.Harness;

namespace Benchmarks.Rows;

/// <summary>A row that compares one kind of request: the same address, ours and the baseline's, by the time of a request.</summary>
internal abstract class RequestRow : BenchmarkRow
{
    /// <summary>So many addresses are asked in turns where answers are kept.</summary>
    private const int AskedAgain = 10;

    protected abstract string What { get; }

    /// <summary>True where the answer is small enough to be kept: then it is measured too what it takes to give it again.</summary>
    protected virtual bool IsKept => true;

    /// <summary>How many times as fast ours must be.</summary>
    protected abstract double LeastRatio { get; }

    /// <summary>The address after the service root. No number comes twice where answers are computed.</summary>
    protected abstract string Path(Scale scale, int number);

    /// <summary>The baseline's, where it is another.</summary>
    protected virtual string BaselinePath(Scale scale, int number) => Path(scale, number);

    /// <summary>What both must answer alike.</summary>
    protected abstract string Essence(JsonElement answer);

    public override async Task<IReadOnlyList<RowResult>> Run(Scene scene)
    {
        using var our = await scene.Client.Document(scene.Ours(Path(scene.Scale, 0)));
        using var other = await scene.Client.Document(scene.Baseline(BaselinePath(scene.Scale, 0)));
        Require(Essence(our.RootElement) == Essence(other.RootElement), $"{Essence(our.RootElement)} is not {Essence(other.RootElement)}.");
        var (ours, baseline) = (new Asking(scene, number => scene.Ours(Path(scene.Scale, number))), new Asking(scene, number => scene.Baseline(BaselinePath(scene.Scale, number))));
        // Until the runtime has compiled for good what a request goes through.
        await ours.Ask(scene.Scale.WarmUpRequests);
        await baseline.Ask(scene.Scale.WarmUpRequests);
        var again = new Asking(scene, number => scene.Kept(Path(scene.Scale, number % AskedAgain)));
        await again.Ask(scene.Scale.WarmUpRequests);
        var measured = await Compare.InTurns(
            scene.Scale.Runs, () => ours.Ask(scene.Scale.Requests), () => baseline.Ask(scene.Scale.Requests), () => IsKept ? again.Ask(scene.Scale.Requests) : Task.FromResult(0L));
        var ratio = measured[0].FasterThan(measured[1]);
        var computed = new RowResult(What, Milliseconds(measured[0]), Milliseconds(measured[1]), ratio)
        {
            Targets = [new($"≤ 1/{LeastRatio} of the baseline's time", ratio >= LeastRatio)],
        };
        return IsKept ? [computed, new("the same where it was asked before", Milliseconds(measured[2]), Milliseconds(measured[1]), measured[2].FasterThan(measured[1]))] : [computed];
    }

    protected static string Ids(JsonElement answer) =>
        string.Join(' ', answer.GetProperty("value").EnumerateArray().Select(row => row.GetProperty("Id").GetString()));

    private static string Milliseconds(Measurement measured) => string.Create(CultureInfo.InvariantCulture, $"{measured.Milliseconds:F2} ms");

    /// <summary>Requests to one contender, numbered from 1 on: both are asked the same.</summary>
    private sealed class Asking(Scene scene, Func<int, Uri> address)
    {
        private int number;

        public async Task<long> Ask(int requests)
        {
            for (var request = 0; request < requests; request++)
            {
                await scene.Client.Text(address(++number));
            }

            return requests;
        }
    }
}
