using System.Diagnostics;
using System.Globalization;

namespace ConflictData.Tests.OData.Fuzz;

/// <summary>
/// Asks many random questions, on every core with an engine of its own. A seed makes a world and a block of questions about it,
/// the next seed the next block: what failed, or where a long run stopped, is begun again with that one number.
/// </summary>
internal sealed class FuzzRun(int firstSeed, long cases, TextWriter progress)
{
    public const int Block = 750;

    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(30);

    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly Lock telling = new();
    private long asked;
    private TimeSpan told;

    /// <summary>Runs to the end, or to the first wrong answer, which is thrown with its seed.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        var blocks = (int)((cases + Block - 1) / Block);
        progress.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Fuzz: {blocks * (long)Block} questions from seed {firstSeed} on {Environment.ProcessorCount} cores"));
        await Parallel.ForEachAsync(
            Enumerable.Range(firstSeed, blocks), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation },
            async (seed, _) => await RunBlock(seed));
        Tell(firstSeed + blocks, isLast: true);
    }

    private async Task RunBlock(int seed)
    {
        var random = new Random(seed);
        var world = new World(random);
        // The cores are busy with other blocks, and tables of this size are never divided among threads.
        await using var server = new Server(new() { EngineThreads = 1 });
        foreach (var commit in world.Commits)
        {
            server.Commit(commit);
        }
        var (questions, asker) = (new RandomQuestion(random, world), new Asker(server, world));
        for (var number = 0; number < Block; number++)
        {
            var question = questions.Next();
            if (await asker.Ask(question) is { } difference)
            {
                var (smallest, still) = await Shrinker.Shrink(question, difference, asker.Ask);
                Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"FUZZ_SEED={seed}, question {number}.\n{smallest}\n{still}\nfound in {question}"));
            }
        }
        Interlocked.Add(ref asked, Block);
        Tell(seed, isLast: false);
    }

    private void Tell(int seed, bool isLast)
    {
        lock (telling)
        {
            if (isLast || watch.Elapsed - told > ProgressEvery)
            {
                told = watch.Elapsed;
                progress.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Fuzz: {Interlocked.Read(ref asked)} questions in {watch.Elapsed.TotalSeconds:F0} s, at seed {seed}"));
            }
        }
    }
}
