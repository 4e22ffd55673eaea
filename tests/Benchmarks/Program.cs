using Benchmarks;
using Benchmarks.Harness;
using Benchmarks.Simulation;

var isSmoke = args.Contains("--test");
var scale = isSmoke ? Scale.Smoke : Scale.Full;
switch (args)
{
    case [Alone.MemoryArgument, ..]:
        await Alone.PrintMemory(scale);
        return 0;
    case [Alone.ServeArgument]:
        await Alone.Serve();
        return 0;
    case ["--race"]:
        Console.WriteLine(string.Join('\n', CommitRaceTable.Rows()));
        return 0;
    case ["--profile", ..]:
        await Alone.Profile(scale);
        return 0;
    default:
        if (isSmoke)
        {
            return await Suite.Smoke();
        }

        await Suite.Measure(args);
        return 0;
}
