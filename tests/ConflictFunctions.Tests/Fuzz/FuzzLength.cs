using System.Globalization;

namespace ConflictFunctions.Tests.Fuzz;

/// <summary>How much is tried, as the environment has it: FUZZ_CASES how many, FUZZ_SEED from which on.</summary>
/// <param name="Seed">The first.</param>
/// <param name="Cases">How many.</param>
/// <param name="IsLong">More than usual.</param>
internal sealed record FuzzLength(int Seed, int Cases, bool IsLong)
{
    public static FuzzLength Of(int ordinaryCases, int ordinarySeed = 1)
    {
        var cases = Number("FUZZ_CASES", ordinaryCases);
        return new(Number("FUZZ_SEED", ordinarySeed), cases, cases > ordinaryCases);
    }

    private static int Number(string setting, int otherwise) =>
        Environment.GetEnvironmentVariable(setting) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
