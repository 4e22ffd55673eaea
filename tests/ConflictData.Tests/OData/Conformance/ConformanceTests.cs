using System.Text;

namespace ConflictData.Tests.OData.Conformance;

/// <summary>Keeps Conformance.md the same as the tests of the lines, and the lines the same as those of the standard.</summary>
public sealed class ConformanceTests
{
    [Theory]
    [InlineData("4.0 Minimal", "1 2 3 4 5.1 5.2 6 7 8 9 10 11 12 13 14 15")]
    [InlineData("4.0 Intermediate", "1 2 3 4 5 6 7 7.1 7.2 7.3 7.4 7.5 8 9 10 11 12 13 14 15 16 17")]
    [InlineData("4.0 Advanced", "1 2 3 4 5 6 7 8 9 9.1 9.2 9.3 9.4 9.5 9.6 9.7 9.8 9.9 10 11 12 13 14 15 16")]
    [InlineData("4.01 Minimal", "1 2 3 4 5 6 7 8 9 9.1 9.2 9.3 9.4 9.5 9.6 9.7 9.8 9.9 9.10 9.11 9.12 9.13 9.14 10 11 12 13 14 15 16 17")]
    [InlineData("4.01 Intermediate", "1 2 3 4 5 6 7 8 9 10 11")]
    [InlineData("4.01 Advanced", "1 2 3 4 5 5.1 5.2 5.3 5.4 5.5 6 7 8 9 10")]
    public void Every_line_of_a_level_has_a_test(string level, string numbers) =>
        Assert.Equal(numbers.Split(' '), Line.OfLevel(level).Select(line => line.Text.Number));

    [Fact]
    public void Every_test_is_of_a_line() => Assert.All(
        new[] { typeof(Minimal40), typeof(Intermediate40), typeof(Advanced40), typeof(Minimal401), typeof(Intermediate401), typeof(Advanced401) }
            .SelectMany(type => type.GetMethods().Where(method => method.IsDefined(typeof(FactAttribute), inherit: true)).Select(method => $"{type.Name}.{method.Name}")),
        test => Assert.Contains(Line.All, line => line.Test == test));

    [Fact]
    public void The_page_is_what_the_tests_say() => Golden.Check("../OData/Conformance/Conformance.md", Page());

    private static string Page()
    {
        var page = new StringBuilder($"""
            # Conformance

            The lines of the conformance levels of OData (4.01 part 1, the section on conformance, without those for services that can be
            written to), each with the test that is named after it. A line that fails is listed as failing, with its reason, and its test
            shows what is answered instead; where a line is about something that this service does not have, its test shows that it does
            not. This page is written from the tests. {Line.All.Count} lines, of which {Line.All.Count(line => !line.IsMet)} fail.

            | level | line | asks | result | test |
            | --- | --- | --- | --- | --- |

            """);
        foreach (var line in Line.All)
        {
            var result = line.Text.Fails is { } reason ? $"**fails**: {reason}" : line.Text.NotHere is { } absent ? $"no object here: {absent}" : "met";
            page.Append($"| {line.Level} | {line.Text.Number} | {line.Text.Asks.Replace("\\", "\\\\", StringComparison.Ordinal)} | {result} | `{line.Test}` |\n");
        }
        return page.ToString().ReplaceLineEndings("\n");
    }
}
