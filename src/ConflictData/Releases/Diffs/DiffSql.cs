using System.Globalization;
using ConflictData.Datasets;
using ConflictData.Datasets.Counts;
using ConflictData.Query;

namespace ConflictData.Releases;

/// <summary>
/// The statements that compare two releases. Only records with a revision between them are looked at; what such a revision
/// changed and a later one changed back is no difference.
/// </summary>
internal static class DiffSql
{
    /// <summary>
    /// Records that differ, by id: release and reason of the last revision, whether each side has the record, then the columns
    /// as they were and as they are.
    /// </summary>
    public static SqlQuery Changes(Dataset dataset, ReleaseSpan span, string after, int limit) => new(
        Text($"""
            {Touched(dataset, span)}
            SELECT last._from, last."ChangeReason", before._seq IS NOT NULL, after._seq IS NOT NULL, {Columns(dataset, "before")}, {Columns(dataset, "after")}
            {Sides(dataset, span)} AND last."Id" > $1 ORDER BY last."Id" LIMIT {limit}
            """),
        [after], QueryClass.Heavy);

    /// <summary>How many were added, changed and retracted.</summary>
    public static SqlQuery Counts(Dataset dataset, ReleaseSpan span) => new(
        Text($"""
            {Touched(dataset, span)}
            SELECT count(*) FILTER (WHERE before._seq IS NULL), count(*) FILTER (WHERE before._seq IS NOT NULL AND after._seq IS NOT NULL), count(*) FILTER (WHERE after._seq IS NULL)
            {Sides(dataset, span)}
            """),
        [], QueryClass.Heavy);

    /// <summary>The totals of a dataset at both releases, by outcome: earlier Low to Label, then later Low to Label; those that moved only.</summary>
    public static SqlQuery Totals(Dataset dataset, ReleaseSpan span) => new(
        Text($"""
            WITH before AS ({Totals(dataset, span.From)}), after AS ({Totals(dataset, span.To)})
            SELECT coalesce(before.outcome, after.outcome), before.* EXCLUDE (outcome), after.* EXCLUDE (outcome)
            FROM before FULL JOIN after ON before.outcome = after.outcome
            WHERE before IS DISTINCT FROM after ORDER BY 1
            """),
        [], QueryClass.Heavy);

    private static string Touched(Dataset dataset, ReleaseSpan span) =>
        Text($"WITH touched AS (SELECT max(_seq) AS seq FROM {Table(dataset)} WHERE _from > {span.From} AND _from <= {span.To} GROUP BY \"Id\")");

    private static string Sides(Dataset dataset, ReleaseSpan span) => Text($"""
        FROM touched JOIN {Table(dataset)} AS last ON last._seq = touched.seq
        LEFT JOIN {Table(dataset)} AS before ON before."Id" = last."Id" AND before._from <= {span.From} AND before._to > {span.From}
        LEFT JOIN {Table(dataset)} AS after ON after."Id" = last."Id" AND after._from <= {span.To} AND after._to > {span.To}
        WHERE ({string.Join(" OR ", Given(dataset).Select(column => $"before.{column} IS DISTINCT FROM after.{column}"))})
        """);

    private static string Totals(Dataset dataset, int release)
    {
        var outcome = dataset.Find("Outcome") is null ? "'attacks'" : "\"Outcome\"";
        var sums = string.Join(", ", new CountTotals("\"Additive\"").Columns.Select(sum => $"CAST({sum.Sql} AS BIGINT) AS \"{sum.Name}\""));
        return Text($"""
            SELECT *, {CountSql.Label("\"Low\"", "\"High\"", "\"About\"", "\"Unnumbered\"")} AS "Label"
            FROM (SELECT {outcome} AS outcome, {sums} FROM {Table(dataset)} WHERE _from <= {release} AND _to > {release} GROUP BY outcome)
            """);
    }

    private static string Columns(Dataset dataset, string table) => string.Join(", ", Given(dataset).Select(column => $"{table}.{column}"));

    private static IEnumerable<string> Given(Dataset dataset) =>
        dataset.Columns.Where(column => column.Role != ColumnRole.System).Select(column => EngineSchema.Quote(column.Name));

    private static string Table(Dataset dataset) => EngineSchema.Quote(dataset.Name);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>From the earlier release, not included, to the later one, included.</summary>
internal readonly record struct ReleaseSpan(int From, int To);
