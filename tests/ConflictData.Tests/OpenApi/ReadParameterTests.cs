using System.Text.RegularExpressions;
using ConflictData.OpenApi;

namespace ConflictData.Tests.OpenApi;

/// <summary>Every option and header that the code reads is described; found in the code as it is written.</summary>
public sealed partial class ReadParameterTests
{
    /// <summary>What is described otherwise: ways to say who one is, what OpenAPI keeps for media types and its security schemes, what proxies write, and what only logs and traces are for.</summary>
    private static readonly string[] Otherwise = ["Accept", "Accept-Encoding", "Authorization", "Sec-Fetch-Mode", "Trace-Parent", "Trace-State", "User-Agent", "X-Forwarded-For", "code", "x-api-key"];

    private static readonly string Code = string.Join('\n', Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "ConflictData"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !Path.GetRelativePath(Repository.Root, file).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "OpenApi")).Select(File.ReadAllText));

    private static readonly HashSet<string> Described =
        [.. CommonParameters.All().Concat(FeedParameters.All(new Settings())).Select(parameter => parameter.Parameter.Name!), .. Otherwise];

    [Fact]
    public void Every_option_that_is_read_is_described()
    {
        var read = Names(Query()).Concat(Names(Allowed(), list: true)).Concat(Names(Standard(), list: true).Select(name => "$" + name)).Distinct().ToList();
        Assert.All(["before", "dryRun", "$filter", "$deltatoken", "overlapHours", "date"], name => Assert.Contains(name, read));
        Assert.Empty(read.Except(Described));
    }

    [Fact]
    public void Every_header_that_is_read_is_described()
    {
        var read = Names(Header()).Concat(Property().Matches(Code).Select(match => Hyphenated().Replace(match.Groups["name"].Value, "-"))).Distinct().ToList();
        Assert.All(["Prefer", "Idempotency-Key", "If-None-Match", "Conflict-Min-Release", "Content-Encoding"], name => Assert.Contains(name, read));
        Assert.Empty(read.Except(Described));
    }

    private static IEnumerable<string> Names(Regex form, bool list = false) =>
        from match in form.Matches(Code)
        from name in list ? Quoted().Matches(match.Groups["names"].Value).Select(quoted => quoted.Groups["name"].Value) : [match.Groups["name"].Value]
        select name;

    /// <summary>Read by name, or by a constant of the same block.</summary>
    [GeneratedRegex("""(?i)(?<!response\.)query(\["|\.TryGetValue\(")(?<name>[^"]+)"|const string Option = "(?<name>[^"]+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Query();

    [GeneratedRegex("""(QueryOptions\.Unknown\([^()";]*|string\[\] Options = \[)(?<names>("[^"]+"(, )?)+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Allowed();

    [GeneratedRegex("""Supported =\s*FrozenSet\.Create\((?<names>[^)]+)\)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Standard();

    [GeneratedRegex("""[rR]equest\.Headers(\["|\.TryGetValue\(")(?<name>[^"]+)"|const string Header = "(?<name>[^"]+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Header();

    [GeneratedRegex(@"[rR]equest\.Headers\.(?!TryGetValue)(?<name>[A-Z]\w+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Property();

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex Hyphenated();

    [GeneratedRegex("\"(?<name>[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Quoted();
}
