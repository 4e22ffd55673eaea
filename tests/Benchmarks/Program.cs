using Benchmarks.Data;
using Benchmarks.Harness;
using Benchmarks.Rows;

const string SmallHash = "9c9f3041665302e72f3459dc0d0e9ae2c4c999d79963d18dfed0f4f29151f47f";

BenchmarkRow[] all = [new WholeFeed(), new FilterAndCount(), new ByKey(), new ContainsAndTop(), new DeepPage(), new Memory()];
var smoke = args.Contains("--test");
var scale = smoke ? Scale.Smoke : Scale.Full;

if (args.Contains(Alone.MemoryArgument))
{
    await Alone.PrintMemory(scale);
    return 0;
}

if (smoke && new GeneratedReleases(FeedShape.Small).Hash() is var hash && hash != SmallHash)
{
    Console.Error.WriteLine($"The generator gives other rows than before ({hash}); figures cannot be compared with earlier ones.");
    return 1;
}

#if DEBUG
if (!smoke)
{
    Console.Error.WriteLine("This is a Debug build: its figures mean nothing. Run it with -c Release.");
}
#endif

if (args.Contains("--profile"))
{
    await Alone.Profile(scale);
    return 0;
}

await using var scene = await Scene.Set(scale);
if (!smoke)
{
    Table.PrintHead(Console.Out);
}

foreach (var row in all.Where(row => Asked(row.Name)))
{
    foreach (var result in await row.Run(scene))
    {
        // Figures of the smoke mode would only be mistaken for measurements.
        if (smoke)
        {
            Console.WriteLine($"{row.Name} runs: {result.What}");
        }
        else
        {
            Table.Print(Console.Out, result);
        }
    }
}

return 0;

bool Asked(string name) => Array.IndexOf(args, "--row") is var at && (at < 0 || args.AsSpan(at + 1).Contains(name));
