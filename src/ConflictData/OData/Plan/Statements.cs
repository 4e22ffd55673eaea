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
    /// <summary>
    /// Rows in stored order. There is no ORDER BY: a scan gives that order, and sorting would cost more than all the rest.
    /// Only a scan does: what is joined is sorted.
    /// </summary>
    public static SqlQuery Page(ReadPlan plan, int release, long after, long skip, long limit) => SqlFragment.Of(
        $"{Select(plan, plan.From)} WHERE r._seq > {after} AND {Live(plan)}{(plan.Joins ? " ORDER BY r._seq" : "")}{Limit(skip, limit)}")
        .At(release, plan.Where is null ? QueryClass.Page : QueryClass.Heavy);

    /// <summary>The same with a sort, should a scan ever give another order.</summary>
    public static SqlQuery SortedPage(ReadPlan plan, int release, long after, long skip, long limit)
    {
        var page = Page(plan, release, after, skip, limit);
        return plan.Joins ? page : page with { Text = page.Text.Replace(" LIMIT ", " ORDER BY r._seq LIMIT ", StringComparison.Ordinal) };
    }

    /// <summary>Rows in the order that the plan asks for.</summary>
    public static SqlQuery Ordered(ReadPlan plan, int release, long skip, long limit) =>
        InOrder(plan, Select(plan, plan.From), release, skip, limit);

    /// <summary>Their sequence numbers alone.</summary>
    public static SqlQuery OrderedSequences(ReadPlan plan, int release, long skip, long limit) =>
        InOrder(plan, $"SELECT r._seq FROM {plan.From}", release, skip, limit);

    /// <summary>The rows with those sequence numbers, in that order.</summary>
    public static SqlQuery BySequence(ReadPlan plan, ReadOnlySpan<long> sequences)
    {
        var (low, high) = (long.MaxValue, long.MinValue);
        foreach (var sequence in sequences)
        {
            (low, high) = (Math.Min(low, sequence), Math.Max(high, sequence));
        }
        var list = string.Join(',', sequences.ToArray().Select(sequence => sequence.ToString(CultureInfo.InvariantCulture)));
        var text = $"""
            WITH listed AS (SELECT $1::VARCHAR::BIGINT[] AS list),
            numbered AS (SELECT unnest(list) AS _seq, generate_subscripts(list, 1) AS place FROM listed)
            {Select(plan.Dataset, plan.Columns)} JOIN numbered USING (_seq) WHERE _seq BETWEEN {low} AND {high} ORDER BY place
            """;
        return new(text, [$"[{list}]"], QueryClass.Page);
    }

    public static SqlQuery Count(ReadPlan plan, int release) =>
        SqlFragment.Of($"SELECT count(*) FROM {plan.From} WHERE {Live(plan)}").At(release, QueryClass.Heavy);

    /// <summary>One revision, if it is live.</summary>
    public static SqlQuery Revision(Dataset dataset, IReadOnlyList<Column> columns, int release, long sequence) => new(
        Text($"{Select(dataset, columns)} WHERE _seq = {sequence} AND {Live(release)}"), [], QueryClass.Page);

    /// <summary>The live revision of the record that a later revision belongs to.</summary>
    public static SqlQuery EarlierRevision(Dataset dataset, IReadOnlyList<Column> columns, int release, long sequence) => new(
        Text($"""
            WITH named AS MATERIALIZED (SELECT "Id" AS wanted FROM {EngineSchema.Quote(dataset.Name)} WHERE _seq = {sequence})
            {Select(dataset, columns)} WHERE "Id" = (SELECT wanted FROM named) AND {Live(release)}
            """), [], QueryClass.Page);

    private static SqlQuery InOrder(ReadPlan plan, string select, int release, long skip, long limit) => SqlFragment.Of(
        $"{select} WHERE {Live(plan)} ORDER BY {plan.Order}{Limit(skip, limit)}").At(release, QueryClass.Heavy);

    /// <summary>Numbers in the text let the engine keep only the top rows; no table has more rows than an int can count.</summary>
    private static string Limit(long skip, long limit) => Text($" LIMIT {Math.Min(limit, int.MaxValue)} OFFSET {Math.Min(skip, int.MaxValue)}");

    private static string Select(ReadPlan plan, string from) => $"SELECT {List(plan.Columns)} FROM {from}";

    private static string Select(Dataset dataset, IReadOnlyList<Column> columns) =>
        $"SELECT {List(columns)} FROM {EngineSchema.Quote(dataset.Name)} AS r";

    private static string List(IReadOnlyList<Column> columns) =>
        string.Join(", ", columns.Select(column => EngineSchema.Quote(column.Name)).Prepend("_seq").Select(name => "r." + name));

    private static SqlFragment Live(ReadPlan plan)
    {
        var live = new SqlFragment($"r._from <= {SqlFragment.ReleaseMark} AND r._to > {SqlFragment.ReleaseMark}", []);
        return plan.Where is null ? live : SqlFragment.Of($"{live} AND {plan.Where}");
    }

    private static string Live(int release) => EngineSchema.LiveAt(release.ToString(CultureInfo.InvariantCulture));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
