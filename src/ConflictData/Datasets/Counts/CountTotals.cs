namespace ConflictData.Datasets.Counts;

/// <summary>The columns of a <see cref="Total"/> in the engine's SQL, over those rows of a group that meet a condition.</summary>
public sealed class CountTotals(string condition)
{
    /// <summary>Low, Best, High, About and Unnumbered; the label is made of them with <see cref="CountSql.Label"/>.</summary>
    public IReadOnlyList<(string Name, string Sql)> Columns =>
    [
        ("Low", Where($"sum(coalesce(\"Low\", 0))", CountSql.IsNumbered)),
        ("Best", $"CASE WHEN {Where("count(*)", $"NOT {CountSql.IsExact}")} = 0 THEN {Where("sum(\"Best\")", CountSql.IsExact)} END"),
        ("High", $"CASE WHEN {Where("count(*)", $"{CountSql.IsNumbered} AND \"High\" IS NULL")} = 0 THEN {Where("sum(\"High\")", CountSql.IsNumbered)} END"),
        ("About", Where("sum(\"Best\")", "\"Low\" IS NULL AND \"High\" IS NULL")),
        ("Unnumbered", Where("count(*)", $"\"Best\" IS NULL AND NOT {CountSql.IsNumbered}")),
    ];

    private string Where(string aggregate, string rows) => $"{aggregate} FILTER (WHERE {condition} AND {rows})";
}
