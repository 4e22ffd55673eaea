namespace PowerBI.Tests.Model.Dax;

/// <summary>The functions of DAX that the measures use, with how many arguments each takes.</summary>
internal static class DaxFunctions
{
    /// <summary>As many as wanted.</summary>
    private const int Any = int.MaxValue;

    public static readonly IReadOnlyDictionary<string, (int Least, int Most)> Known = new Dictionary<string, (int, int)>
    {
        ["ALLEXCEPT"] = (2, Any),
        ["BLANK"] = (0, 0),
        ["CALCULATE"] = (1, Any),
        ["CALCULATETABLE"] = (1, Any),
        ["COALESCE"] = (2, Any),
        ["COUNTROWS"] = (1, 1),
        ["DISTINCTCOUNT"] = (1, 1),
        ["DIVIDE"] = (2, 3),
        ["FILTER"] = (2, 2),
        ["FORMAT"] = (2, 3),
        ["IF"] = (2, 3),
        ["ISBLANK"] = (1, 1),
        ["KEEPFILTERS"] = (1, 1),
        ["MAX"] = (1, 1),
        ["MAXX"] = (2, 2),
        ["MINX"] = (2, 2),
        ["REMOVEFILTERS"] = (1, Any),
        ["SUM"] = (1, 1),
        ["SUMMARIZE"] = (2, Any),
        ["SWITCH"] = (3, Any),
        ["TRUE"] = (0, 0),
        ["VALUES"] = (1, 1),
    };

    /// <summary>Names that no variable may have, beside those of tables: words of the language, and functions that variables are likely to be named after.</summary>
    public static readonly IReadOnlySet<string> Reserved = Known.Keys
        .Concat(["VAR", "RETURN", "IN", "NOT", "AND", "OR", "DATE", "DAY", "MONTH", "YEAR", "EXACT", "ROW", "ROWS", "COLUMNS", "FIRST", "LAST", "NEXT", "PREVIOUS", "RANK", "INDEX", "OFFSET", "WINDOW", "ORDERBY", "MIN", "COUNT", "LEFT", "RIGHT", "MID", "UNION", "ALL", "NOW", "TODAY", "PARENT", "CHILDREN", "RANGE", "VALUE"])
        .ToHashSet(StringComparer.OrdinalIgnoreCase);
}
