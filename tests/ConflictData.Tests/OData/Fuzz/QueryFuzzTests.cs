namespace ConflictData.Tests.OData.Fuzz;

/// <summary>
/// Whole queries against a naive evaluator. FUZZ_CASES sets how many are tried, FUZZ_SEED where to begin: a wrong answer names its
/// seed, and a long run says now and then how far it is.
/// </summary>
public sealed class QueryFuzzTests
{
    private const long OrdinaryCases = 1500;

    [Fact]
    public async Task Random_queries_at_random_releases_are_answered_as_the_standard_has_it()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("FUZZ_SEED"), out var given) ? given : 1;
        var cases = long.TryParse(Environment.GetEnvironmentVariable("FUZZ_CASES"), out var many) ? many : OrdinaryCases;

        await new FuzzRun(seed, cases, Console.Error).Run(TestContext.Current.CancellationToken);
    }
}
