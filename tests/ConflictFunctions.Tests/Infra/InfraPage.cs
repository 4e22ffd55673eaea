namespace ConflictFunctions.Tests.Infra;

/// <summary>infra/README.md and SCALE.md, whose tables the tests hold against what is.</summary>
internal static class InfraPage
{
    /// <summary>Cells of the rows of the first table under a heading, without its head; of the first whose first column has that name, where one is given.</summary>
    public static IReadOnlyList<string[]> Table(string file, string heading, string column = "")
    {
        var page = File.ReadAllText(Path.Combine(Bicep.Folder, file));
        var start = page.IndexOf($"\n{heading}\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"{file} has no heading {heading}.");
        return
        [
            .. page[(start + heading.Length + 2)..].Split('\n')
                .SkipWhile(line => !line.StartsWith($"| {column}", StringComparison.Ordinal))
                .TakeWhile(line => line.StartsWith('|'))
                .Skip(2)
                .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)),
        ];
    }

    /// <summary>The names in backquotes that stand first in the rows.</summary>
    public static IEnumerable<string> Names(string file, string heading) => Table(file, heading).Select(cells => cells[0].Trim('`'));
}
