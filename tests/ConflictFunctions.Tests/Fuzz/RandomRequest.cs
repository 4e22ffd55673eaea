using System.Text;
using System.Text.RegularExpressions;
using ConflictFunctions.Tests.Running;

namespace ConflictFunctions.Tests.Fuzz;

/// <summary>Draws up one request to a function, with something wrong in any of its parts.</summary>
/// <param name="random">Decides everything, so that its seed makes the same request again.</param>
/// <param name="function">Whom it is for.</param>
/// <param name="keys">Keys of every scope.</param>
internal sealed partial class RandomRequest(Random random, AppFunction function, IReadOnlyList<string> keys)
{
    /// <summary>Where the server itself begins to refuse, with room for the rest of the line.</summary>
    private const int LongestTarget = 7000;

    private static readonly string[] OddMethods = ["TRACE", "CONNECT", "PROPFIND", "get", "PoSt", "G\0T", "G T", "", new('M', 5000), "GET\t", "\u00FF", "QUERY"];

    /// <summary>What fits the parts of routes by their names, so that requests come past them.</summary>
    private static readonly Dictionary<string, string[]> Parts = new()
    {
        ["dataset"] = ["Casualties", "places", "CasualtiesWide", "Events"],
        ["file"] = ["casualties.csv", "casualties.csv.gz", "datapackage.json", "places.csv", "swagger-ui.css", "start.js"],
        ["id"] = ["none", "hasaka", "admin"],
        ["other"] = ["1", "latest", "2"],
        ["release"] = ["1", "latest", "daily", "2026-01-31T00:00:00Z", "t1"],
        ["tag"] = ["t1", "none"],
    };

    /// <summary>Options by the routes that read them, with what fits them, so that one that is wrong is not hidden behind one that is unknown.</summary>
    private static readonly (string Route, (string Name, string[] Fitting)[] Options)[] Families =
    [
        ("submissions", [("dryRun", ["true", "false"]), ("mode", ["upsert", "replace"]), ("reason", ["correction", "new"]), ("message", ["Words"]), ("base", ["0", "1"])]),
        ("diff", [("dataset", ["Casualties", "Places"]), ("after", ["0", "a", "Casualties:1"]), ("part", ["totals"]), ("format", ["csv", "ndjson"])]),
        ("tag", [("message", ["Words"])]),
        ("rotate", [("overlapHours", ["0", "1"])]),
        ("keys", [("after", ["a"])]),
        ("odata", [("$skiptoken", ["abc"]), ("$deltatoken", ["abc"]), ("$filter", ["Id eq 'x'"]), ("$orderby", ["Id"]), ("$format", ["json", "csv"]), ("@a", ["1"]), ("top", ["1"]), ("SELECT", ["Id"]), ("code", [""])]),
        ("", [("before", ["1", "2", "9"]), ("$skiptoken", ["abc"])]),
    ];

    private readonly List<(string Name, string Value)> headers = [];
    private bool isSound = true;

    /// <summary>The request, behind others of the same connection at times.</summary>
    public RawRequest Next()
    {
        var method = Method();
        var target = Target();
        ChooseKey(ref target);
        ChooseHeaders();
        var framing = method is "GET" or "HEAD" or "OPTIONS" && !random.OneIn(20) ? new RequestBody([], "", IsSound: true, EndsInput: false) : Body(method);
        // What stops too early is not to be waited for.
        var isSoundHere = isSound && framing.IsSound && target.Length <= LongestTarget && headers.Count < 40 && headers.Sum(header => header.Value.Length) < 20_000;
        var before = random.OneIn(20) ? random.Length(10) : 0;
        var sent = string.Concat(Enumerable.Repeat("GET /api/odata/Places?$top=1 HTTP/1.1\r\nHost: localhost\r\nx-api-key: " + keys[0] + "\r\n\r\n", before))
            + $"{method} {target} HTTP/1.1\r\n{(isSoundHere || !random.OneIn(10) ? "Host: localhost\r\n" : $"Host: {Hostile.Text(random, 300)}\r\n")}Connection: close\r\n"
            + string.Concat(headers.Select(header => $"{header.Name}: {header.Value}\r\n")) + framing.Headers + "\r\n";
        return new([.. Encoding.Latin1.GetBytes(sent), .. framing.Bytes], [.. Enumerable.Repeat("GET", before), method])
        {
            ReachesApp = isSoundHere,
            IsFeed = function.Name.StartsWith("OData", StringComparison.Ordinal),
            MakesKey = function.Route.StartsWith("keys", StringComparison.Ordinal),
            EndsInput = framing.EndsInput,
            Pieces = random.OneIn(4) ? 1 + random.Length(30) : 1,
        };
    }

    private string Method()
    {
        if (!random.OneIn(15))
        {
            return random.Any(function.Methods).ToUpperInvariant();
        }

        isSound = false;
        return random.Any(OddMethods);
    }

    private string Target()
    {
        if (random.OneIn(40))
        {
            isSound = false;
            return random.Any(["*", "http://x/api/datasets", "", "api", "//", "/" + Hostile.Text(random, 20_000), "/api/" + new string('a', 9000), "/api/odata/" + string.Concat(Enumerable.Repeat("a/", 4000))]);
        }

        var path = "/api/" + RoutePart().Replace(function.Route, part => Part(part.Groups["name"].Value));
        if (path.Contains('?'))
        {
            return path;
        }

        var family = random.OneIn(5) ? random.Any(Families).Options : Families.First(family => function.Route.Contains(family.Route)).Options;
        return $"{path}?{string.Join('&', Enumerable.Range(0, random.OneIn(50) ? random.Length(800) : random.Next(4)).Select(_ => Option(random.Any(family))))}";
    }

    private string Option((string Name, string[] Fitting) option) =>
        $"{(random.OneIn(15) ? Escaped() : option.Name)}={(random.OneIn(2) ? Uri.EscapeDataString(random.Any(option.Fitting)) : random.OneIn(12) ? Raw() : Escaped())}";

    private string Part(string name)
    {
        if (name == "path" && !random.OneIn(5))
        {
            return function.Methods.Contains("options") ? "datasets" : random.Any(["", "$metadata", "$batch", "Casualties/$query", "Places", "$entity", RandomAddresses.Next(random), RandomAddresses.Next(random)]);
        }

        return random.Next(10) switch
        {
            < 6 when Parts.TryGetValue(name, out var fitting) => random.Any(fitting),
            < 9 when Hostile.Text(random) is var text && text.Trim('.', '/', '\\').Length > 0 && !text.Contains('\0') => Uri.EscapeDataString(text),
            _ => Raw(),
        };
    }

    private string Escaped() => Uri.EscapeDataString(Hostile.Text(random));

    private string Raw()
    {
        isSound = false;
        return Hostile.Text(random);
    }

    [GeneratedRegex(@"\{\*?(?<name>\w+)\}")]
    private static partial Regex RoutePart();
}
