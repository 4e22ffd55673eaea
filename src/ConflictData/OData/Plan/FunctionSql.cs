using System.Collections.Frozen;

namespace ConflictData.OData;

/// <summary>The standard's functions in the engine's words. A null argument gives null.</summary>
internal static class FunctionSql
{
    /// <summary>The white space that trim takes away; the engine's own trim knows only the blank.</summary>
    private const string WhiteSpace = "chr(32) || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(160)";

    private static readonly FrozenDictionary<string, Func<string[], string>> Functions = new Dictionary<string, Func<string[], string>>
    {
        ["contains"] = a => $"contains({a[0]}, {a[1]})",
        ["startswith"] = a => $"starts_with({a[0]}, {a[1]})",
        ["endswith"] = a => $"ends_with({a[0]}, {a[1]})",
        ["matchesPattern"] = a => $"regexp_matches({a[0]}, {a[1]})",
        ["tolower"] = a => $"lower({a[0]})",
        ["toupper"] = a => $"upper({a[0]})",
        ["trim"] = a => $"trim({a[0]}, {WhiteSpace})",
        ["length"] = a => $"length({a[0]})",
        ["concat"] = a => $"({a[0]} || {a[1]})",
        ["indexof"] = a => $"(strpos({a[0]}, {a[1]}) - 1)",
        ["year"] = a => $"year({a[0]})",
        ["month"] = a => $"month({a[0]})",
        ["day"] = a => $"day({a[0]})",
        ["hour"] = a => $"hour({a[0]})",
        ["minute"] = a => $"minute({a[0]})",
        ["second"] = a => $"second({a[0]})",
        ["fractionalseconds"] = a => $"(microsecond({a[0]}) % 1000000 / 1000000.0::DOUBLE)",
        ["date"] = a => $"CAST({a[0]} AS DATE)",
        ["time"] = a => $"CAST({a[0]} AS TIME)",
        // Every instant of a record is UTC.
        ["totaloffsetminutes"] = a => $"CASE WHEN {a[0]} IS NULL THEN NULL ELSE 0::BIGINT END",
        ["mindatetime"] = _ => "TIMESTAMP '0001-01-01 00:00:00'",
        ["maxdatetime"] = _ => "TIMESTAMP '9999-12-31 23:59:59.999999'",
        ["round"] = a => $"round({a[0]})",
        ["floor"] = a => $"floor({a[0]})",
        ["ceiling"] = a => $"ceil({a[0]})",
    }.ToFrozenDictionary();

    /// <summary>Those that <see cref="ExpressionSql"/> writes itself, since they depend on more than the SQL of their arguments.</summary>
    private static readonly string[] WithOperands = [CaseFunction.Name, "cast", "isof", "substring"];

    /// <summary>Every function that a query may call, in alphabetical order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Functions.Keys.Concat(WithOperands).Order(StringComparer.Ordinal)];

    /// <summary>True for what tells a part of an instant, or its offset from UTC.</summary>
    public static bool IsPartOfInstant(string name) => name is "year" or "month" or "day" or "hour" or "minute" or "second" or "fractionalseconds" or "date" or "time" or "totaloffsetminutes";

    public static bool Knows(string name) => Functions.ContainsKey(name) || WithOperands.Contains(name);

    public static string Write(string name, string[] arguments) => Functions[name](arguments);
}
