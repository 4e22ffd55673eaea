namespace ConflictData.Datasets.Counts;

/// <summary>
/// <see cref="CountClass"/> and, with <see cref="CountTotals"/>, <see cref="Total"/> in the engine's SQL, for rows with the
/// columns Low, Best and High. A test holds the two to the same answers.
/// </summary>
public static class CountSql
{
    internal const string IsNumbered = "(\"Low\" IS NOT NULL OR \"High\" IS NOT NULL)";
    internal const string IsExact = "(\"Best\" IS NOT NULL AND \"Low\" IS NOT NULL AND \"High\" IS NOT NULL)";
    internal const string IsAbout = "(\"Best\" IS NOT NULL AND \"Low\" IS NULL AND \"High\" IS NULL)";

    /// <summary>exact, bounded, about or unnumbered.</summary>
    public const string Class =
        $"CASE WHEN {IsExact} THEN 'exact' WHEN {IsAbout} THEN 'about' WHEN {IsNumbered} THEN 'bounded' ELSE 'unnumbered' END";

    /// <summary>The label of a total whose columns go by these names or expressions.</summary>
    public static string Label(string low, string high, string about, string unnumbered)
    {
        var bounds = $"CASE WHEN {low} = {high} THEN CAST({low} AS VARCHAR) WHEN {high} IS NULL THEN CAST({low} AS VARCHAR) || '+' ELSE CAST({low} AS VARCHAR) || '–' || CAST({high} AS VARCHAR) END";
        return $"coalesce(nullif(concat_ws(', ', nullif(concat_ws(' and ', '≈' || CAST({about} AS VARCHAR), CASE WHEN {low} IS NOT NULL THEN {bounds} END), ''), "
            + $"CASE WHEN {unnumbered} > 0 THEN CAST({unnumbered} AS VARCHAR) || ' without a number' END), ''), '0')";
    }
}
