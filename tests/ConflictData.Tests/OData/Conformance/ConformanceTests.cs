using System.Reflection;
using System.Text.RegularExpressions;

namespace ConflictData.Tests.OData.Conformance;

/// <summary>
/// Keeps the table in Conformance.md the same as the tests: every line of the levels names tests that exist, or says that it
/// fails and why, or that it is about something that this service does not have.
/// </summary>
public sealed partial class ConformanceTests
{
    private static readonly string[][] Lines =
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "tests/ConflictData.Tests/OData/Conformance/Conformance.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && char.IsDigit(line[2]))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)),
    ];

    private static readonly HashSet<string> Tests =
    [
        .. from type in Assembly.GetExecutingAssembly().GetTypes()
           where type.Namespace?.StartsWith("ConflictData.Tests.OData", StringComparison.Ordinal) == true
           from method in type.GetMethods()
           where method.GetCustomAttributes().Any(attribute => attribute is FactAttribute)
           select $"{type.Name}.{method.Name}",
    ];

    [Fact]
    public void Every_line_names_its_tests_or_says_why_it_has_none() => Assert.All(Lines, line =>
    {
        var proof = line[3];
        if (proof.StartsWith("fails: ", StringComparison.Ordinal) || proof.StartsWith("not here: ", StringComparison.Ordinal))
        {
            return;
        }
        var named = Code().Matches(proof).Select(match => match.Groups[1].Value).ToArray();
        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains(name, Tests));
    });

    [Theory]
    [InlineData("4.0 Minimal", "1 2 3 4 5.1 5.2 6 7 8 9 10 11 12 13 14 15")]
    [InlineData("4.0 Intermediate", "1 2 3 4 5 6 7 7.1 7.2 7.3 7.4 7.5 8 9 10 11 12 13 14 15 16 17")]
    [InlineData("4.0 Advanced", "1 2 3 4 5 6 7 8 9 9.1 9.2 9.3 9.4 9.5 9.6 9.7 9.8 9.9 10 11 12 13 14 15 16")]
    [InlineData("4.01 Minimal", "1 2 3 4 5 6 7 8 9 9.1 9.2 9.3 9.4 9.5 9.6 9.7 9.8 9.9 9.10 9.11 9.12 9.13 9.14 10 11 12 13 14 15 16 17")]
    [InlineData("4.01 Intermediate", "1 2 3 4 5 6 7 8 9 10 11")]
    [InlineData("4.01 Advanced", "1 2 3 4 5 5.1 5.2 5.3 5.4 5.5 6 7 8 9 10")]
    public void No_line_of_a_level_is_missing(string level, string numbers) =>
        Assert.Equal(numbers.Split(' '), Lines.Where(line => line[1] == level).Select(line => line[0]));

    [Fact]
    public void What_fails_is_counted_at_the_top()
    {
        var failing = Lines.Count(line => line[3].StartsWith("fails: ", StringComparison.Ordinal));
        var page = File.ReadAllText(Path.Combine(Repository.Root, "tests/ConflictData.Tests/OData/Conformance/Conformance.md"));

        Assert.Contains($"{Lines.Length} lines, of which {failing} fail.", page, StringComparison.Ordinal);
    }

    [GeneratedRegex("`([A-Za-z]+[.][A-Za-z0-9_]+)`")]
    private static partial Regex Code();
}
