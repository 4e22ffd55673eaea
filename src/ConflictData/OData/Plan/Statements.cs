using System.Globalization;
using ConflictData.Datasets;
using ConflictData.Query;

namespace ConflictData.OData;

/// <summary>
/// The statements of a plan at a release. Every row starts with its sequence number. Releases, sequence numbers, $top and $skip
/// stand in the text as numbers, where they let the engine skip row groups; whatever else the caller sent is a parameter.
/// </summary>
internal static class Statements
{
    /// <summary>Rows in stored order. There is no ORDER BY: a scan gives that order, and sorting would cost more than all the rest.</summary>
    public static SqlQuery Page(ReadPlan plan, int release, long after, long skip, long limit, long last = long.MaxValue) => new(
        Text($"{Select(plan.Dataset, plan.Columns, release, after, last)} WHERE _seq > {after} AND {Live(plan, release)}{(plan.Dataset.IsView ? " ORDER BY _seq" : "")}{Limit(skip, limit)}"),
        plan.Where?.Values ?? [], plan.Where is null && !plan.Dataset.IsView ? QueryClass.Page : QueryClass.Heavy);

    /// <summary>The sequence numbers of the records on a page of a view, which are those of the dataset that it extends.</summary>
    public static SqlQuery PageOfExtended(Dataset view, int release, long after, long limit) => new(
        Text($"SELECT _seq FROM {EngineSchema.Quote(view.Extends!)} WHERE _seq > {after} AND {Live(release)}{Limit(0, limit)}"), [], QueryClass.Page);

    /// <summary>The same with a sort, should a scan ever give another order.</summary>
    public static SqlQuery SortedPage(ReadPlan plan, int release, long after, long skip, long limit)
    {
        var page = Page(plan, release, after, skip, limit);
        return page with { Text = page.Text.Replace(" LIMIT ", " ORDER BY _seq LIMIT ", StringComparison.Ordinal) };
    }

    /// <summary>Rows in the order that the plan asks for.</summary>
    public static SqlQuery Ordered(ReadPlan plan, int release, long skip, long limit) =>
        InOrder(plan, Select(plan, release), release, skip, limit);

    /// <summary>Their sequence numbers alone.</summary>
    public static SqlQuery OrderedSequences(ReadPlan plan, int release, long skip, long limit) =>
        InOrder(plan, $"SELECT _seq FROM {From(plan.Dataset, release)}", release, skip, limit);

    /// <summary>The rows with those sequence numbers, in that order.</summary>
    public static SqlQuery BySequence(ReadPlan plan, int release, ReadOnlySpan<long> sequences)
    {
        var (low, high) = (long.MaxValue, long.MinValue);
        foreach (var sequence in sequences)
        {
            (low, high) = (Math.Min(low, sequence), Math.Max(high, sequence));
        }
        var list = string.Join(',', sequences.ToArray().Select(sequence => sequence.ToString(CultureInfo.InvariantCulture)));
        var text = $"""
            WITH listed AS (SELECT $1::VARCHAR::BIGINT[] AS list),
            numbered AS (SELECT unnest(list) AS _seq, generate_subscripts(list, 1) AS _place FROM listed)
            {Select(plan.Dataset, plan.Columns, release, low, high)} JOIN numbered USING (_seq) WHERE _seq BETWEEN {low} AND {high} ORDER BY _place
            """;
        return new(text, [$"[{list}]"], QueryClass.Page);
    }

    public static SqlQuery Count(ReadPlan plan, int release) => new(
        $"SELECT count(*) FROM {From(plan.Dataset, release)} WHERE {Live(plan, release)}", plan.Where?.Values ?? [], QueryClass.Heavy);

    /// <summary>One revision, if it is live.</summary>
    public static SqlQuery Revision(Dataset dataset, IReadOnlyList<Column> columns, int release, long sequence) => new(
        Text($"{Select(dataset, columns, release, sequence, sequence)} WHERE _seq = {sequence} AND {Live(release)}"), [], QueryClass.Page);

    /// <summary>The row of a view that has rows of its own, letter case of its id ignored.</summary>
    public static SqlQuery ViewRow(Dataset view, IReadOnlyList<Column> columns, int release, string id) => new(
        $"{Select(view, columns, release)} WHERE lower(\"Id\") = lower($1)", [id], QueryClass.Heavy);

    /// <summary>The live revision of the record that a later revision belongs to.</summary>
    public static SqlQuery EarlierRevision(Dataset dataset, IReadOnlyList<Column> columns, int release, long sequence) => new(
        Text($"""
            WITH named AS MATERIALIZED (SELECT "Id" AS wanted FROM {EngineSchema.Quote(dataset.Extends ?? dataset.Name)} WHERE _seq = {sequence})
            {Select(dataset, columns, release)} WHERE "Id" = (SELECT wanted FROM named) AND {Live(release)}
            """), [], QueryClass.Page);

    /// <summary>What stands behind FROM for the records of a set that are live at a release.</summary>
    public static string Source(Dataset dataset, int release) => $"{From(dataset, release)} WHERE {Live(release)}";

    private static SqlQuery InOrder(ReadPlan plan, string select, int release, long skip, long limit) => new(
        $"{select} WHERE {Live(plan, release)} ORDER BY {plan.Order!.Text}{Limit(skip, limit)}", plan.Order.Values, QueryClass.Heavy);

    /// <summary>Numbers in the text let the engine keep only the top rows; no table has more rows than an int can count.</summary>
    private static string Limit(long skip, long limit) => Text($" LIMIT {Math.Min(limit, int.MaxValue)} OFFSET {Math.Min(skip, int.MaxValue)}");

    private static string Select(ReadPlan plan, int release) => Select(plan.Dataset, plan.Columns, release);

    private static string Select(Dataset dataset, IReadOnlyList<Column> columns, int release, long first = 0, long last = long.MaxValue) =>
        $"SELECT {string.Join(", ", columns.Select(column => EngineSchema.Quote(column.Name)).Prepend("_seq"))} FROM {From(dataset, release, first, last)}";

    private static string From(Dataset dataset, int release, long first = 0, long last = long.MaxValue) =>
        EngineSchema.From(dataset, Text($"{release}"), first, last);

    private static string Live(ReadPlan plan, int release) => plan.Where is null ? Live(release) : $"{Live(release)} AND {plan.Where.Text}";

    private static string Live(int release) => Text($"_from <= {release} AND _to > {release}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
