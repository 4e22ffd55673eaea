namespace Benchmarks.Harness;

/// <summary>Measures contenders in turns, so that whatever else the machine does meets all of them.</summary>
internal static class Compare
{
    /// <summary>Until the runtime has compiled for good what a pass over a feed goes through; it takes as long as three of ours.</summary>
    private const int WarmUps = 3;

    /// <summary>How often <see cref="InTurns"/> runs each in all, for those that need something new for every run.</summary>
    public static int Rounds(int runs) => runs + (runs > 1 ? WarmUps : 1);

    /// <summary>Runs each a few times to warm up and then <paramref name="runs"/> times; what a contender gives is how many units it did.</summary>
    public static async Task<IReadOnlyList<Measurement>> InTurns(int runs, params Func<Task<long>>[] contenders)
    {
        for (var warmUp = 0; warmUp < Rounds(runs) - runs; warmUp++)
        {
            foreach (var contender in contenders)
            {
                await contender();
            }
        }

        var measured = contenders.Select(_ => new List<Run>()).ToArray();
        for (var run = 0; run < runs; run++)
        {
            foreach (var (index, contender) in contenders.Index())
            {
                measured[index].Add(await Once(contender));
            }
        }

        return [.. measured.Select(list => new Measurement(list))];
    }

    private static async Task<Run> Once(Func<Task<long>> work)
    {
        // One must not pay for another's garbage.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var start = TimeProvider.System.GetTimestamp();
        var units = await work();
        return new(units, TimeProvider.System.GetElapsedTime(start));
    }
}
