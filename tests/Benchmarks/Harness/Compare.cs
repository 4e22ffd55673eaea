namespace Benchmarks.Harness;

/// <summary>Measures two contenders in turns, so that whatever else the machine does meets both.</summary>
internal static class Compare
{
    /// <summary>Runs each once to warm up and then <paramref name="runs"/> times; what they give is how many units they did.</summary>
    public static async Task<(Measurement Ours, Measurement Other)> InTurns(int runs, Func<Task<long>> ours, Func<Task<long>> other)
    {
        await ours();
        await other();
        var (ourRuns, otherRuns) = (new List<Run>(), new List<Run>());
        for (var run = 0; run < runs; run++)
        {
            ourRuns.Add(await Once(ours));
            otherRuns.Add(await Once(other));
        }

        return (new(ourRuns), new(otherRuns));
    }

    private static async Task<Run> Once(Func<Task<long>> work)
    {
        // One must not pay for the other's garbage.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var start = TimeProvider.System.GetTimestamp();
        var units = await work();
        return new(units, TimeProvider.System.GetElapsedTime(start));
    }
}
