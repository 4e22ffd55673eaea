using ConflictData.Datasets;

namespace ConflictFunctions.Tests.Fuzz;

/// <summary>Queries of the feed, right and wrong.</summary>
internal static class RandomAddresses
{
    private static readonly string[] Paths =
    [
        "", "", "", "", "/$count", "('x')", "('x')/Name", "('x')/Place", "/$filter(Low%20gt%201)", "/$ref", "('x')/$value", "(1)", "()",
        "/x/y/z", "('x')/Casualties/$count", "/%2F", "('a''b')", "(Id='x')", "/$batch", "/$all",
    ];

    private static readonly string[] Conditions =
    [
        "contains(Name,'a')", "length(Id) gt 3", "year(StartDate) eq 2022", "Place/Name eq 'Iraq'", "Casualties/any(c:c/Low gt 3)",
        "Casualties/$count gt 1", "Casualties/all(x:x/Outcome eq 'killed')", "Low in (1,2,null)", "cast(Low,Edm.String) eq '1'",
        "startswith(Place/Parent/Name,'S')", "Low div 0 eq 1", "Low mod 0 eq 1", "round(Latitude) eq 35", "not (Low gt 3)",
        "matchesPattern(Id,'^a.*')", "matchesPattern(Id,'(')", "substring(Id,-1) eq 'x'", "Low add High gt 3", "Outcome has 'x'", "Low eq 'x'",
        "StartDate le 'x'", "Low gt 99999999999999999999", "Grade eq null", "Latitude lt INF", "(Low gt 1", "Label ne ''", "ModifiedAt gt 2022-01-20T00:00:00Z",
    ];

    private static readonly (string Name, string[] Values)[] Options =
    [
        ("$orderby", ["Id", "Low desc,Id", "Place/Name", "length(Id) desc", "Casualties/$count", "Low up", ","]),
        ("$top", ["0", "5", "-1", "x", "99999999999"]),
        ("$skip", ["0", "3", "-2", "1e3"]),
        ("$count", ["true", "false", "maybe"]),
        ("$select", ["Id", "Id,Low", "*", "Place/Name", "Nope", "Id,Id"]),
        ("$expand", ["Place", "Place($select=Id)", "Casualties($top=2;$orderby=Id)", "Parent($expand=Parent)", "Children/$ref", "Parts/$count", "Claimant(", "Source($levels=2)"]),
        ("$search", ["hasaka", "\"two words\"", "a AND b", "NOT x", "(", "OR", "a AND (b OR NOT c)"]),
        ("$compute", ["Low add 1 as L", "length(Id) as Len", "Low as Id", "x as", "Low mul 1.5 as M,M add 1 as N"]),
        ("$apply", ["groupby((Outcome))", "groupby((Outcome,PlaceId),aggregate($count as N))", "aggregate(Low with sum as S,High with max as M)",
            "filter(Outcome eq 'killed')/aggregate(Count with Conflict.total as T)", "aggregate(Count with Conflict.total as T)",
            "groupby((Outcome),aggregate(Count with Conflict.total as T))/filter(T/Low gt 3)/orderby(T/Low desc)/top(2)",
            "compute(Low add 1 as L)/groupby((L))", "top(3)/skip(1)", "concat(identity,identity)", "///", "groupby((Place/Name))", "compute(1 as)"]),
        ("$format", ["json", "csv", "ndjson", "xml", "application/json;odata.metadata=full", "application/json;IEEE754Compatible=true", "nope"]),
        ("$skiptoken", ["abc", "AAAA", ""]),
        ("$deltatoken", ["abc", "AgFwAAAAAAAAAAAAAAAAAAAAAAAAAAAA", ""]),
        ("$index", ["1"]),
        ("nope", ["1"]),
    ];

    /// <summary>An address under the root of the feed.</summary>
    public static string Next(Random random)
    {
        var options = Enumerable.Range(0, random.Next(5)).Select(_ => Option(random)).Select(option => $"{option.Name}={Uri.EscapeDataString(option.Value)}");
        return $"{random.Any(Catalog.Sets).Name}{random.Any(Paths)}?{string.Join('&', options)}";
    }

    private static (string Name, string Value) Option(Random random)
    {
        if (random.Next(3) == 0)
        {
            return ("$filter", Condition(random, 0));
        }

        var (name, values) = random.Any(Options);
        return (name, random.Any(values));
    }

    private static string Condition(Random random, int depth) => depth > 3 || random.Next(2) == 0
        ? random.Any(Conditions)
        : $"({Condition(random, depth + 1)} {(random.Next(2) == 0 ? "and" : "or")} {Condition(random, depth + 1)})";
}
