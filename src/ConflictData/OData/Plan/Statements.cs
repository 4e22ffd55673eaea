using System.Globalization;
using ConflictData.Datasets;
using ConflictData.Query;

namespace ConflictData.OData;

/// <summary>
/// The statements of a plan at a point. Every row starts with its sequence number. Releases, sequence numbers, $top and $skip
/// stand in the text as numbers, where they let the engine skip row groups; whatever else the caller sent is a parameter.
/// </summary>
internal static class Statements
{
    /// <summary>So many rows are looked up one by one: 0.03 ms each. More are found faster by going through the table.</summary>
    private const int FewRows = 100;

    /// <summary>
    /// Rows in stored order. There is no ORDER BY: a scan gives that order, and sorting would cost more than all the rest.
    /// Only a scan does: what is joined is sorted.
    /// </summary>
    public static SqlQuery Page(ReadPlan plan, AsOf point, StoredPart part, long limit) =>
        Page(plan, point, part, limit, isSorted: plan.Joins || plan.Dataset.IsView);

    /// <summary>The same with a sort, should a scan ever give another order.</summary>
    public static SqlQuery SortedPage(ReadPlan plan, AsOf point, StoredPart part, long limit) => Page(plan, point, part, limit, isSorted: true);

    /// <summary>The sequence numbers of the records on a page without conditions, those of a view being of the dataset that it extends.</summary>
    public static SqlQuery PageOfAll(ReadPlan plan, AsOf point, long after, long limit) => new SqlFragment(
        Text($"SELECT r._seq FROM {EngineSchema.Quote(plan.Dataset.Extends ?? plan.Dataset.Name)} AS r WHERE r._seq > {after} AND {LiveRows}{Limit(0, limit)}"), []).At(point, QueryClass.Page);

    /// <summary>The sequence numbers of all rows that meet the conditions, in any order.</summary>
    public static SqlQuery Sequences(ReadPlan plan, AsOf point) => Matching(plan, "r._seq").At(point, QueryClass.Heavy);

    /// <summary>
    /// The same in the order that the plan asks for. Only they are sorted: the engine would carry all columns of all rows
    /// through a sort of whole rows.
    /// </summary>
    public static SqlQuery InOrder(ReadPlan plan, AsOf point, long skip, long limit) =>
        SqlFragment.Of($"{Matching(plan, "r._seq")} ORDER BY {plan.Order}{Limit(skip, limit)}").At(point, QueryClass.Heavy);

    /// <summary>The rows with those sequence numbers, in that order.</summary>
    public static SqlQuery BySequence(ReadPlan plan, AsOf point, ReadOnlySpan<long> sequences)
    {
        var (low, high) = (long.MaxValue, long.MinValue);
        foreach (var sequence in sequences)
        {
            (low, high) = (Math.Min(low, sequence), Math.Max(high, sequence));
        }
        var list = string.Join(',', sequences.ToArray().Select(sequence => sequence.ToString(CultureInfo.InvariantCulture)));
        var rows = plan.Dataset.IsView || sequences.Length is 0 or > FewRows
            ? Joined(plan, new SqlFragment("SELECT $1::VARCHAR::BIGINT[] AS list", [$"[{list}]"]), low, high)
            : SqlFragment.Of($"{Select(plan, OwnTable(plan))} WHERE r._seq IN ({list}) ORDER BY list_position([{list}], r._seq)");
        return ExpandSql.Around(rows, plan).At(point, QueryClass.Page);
    }

    public static SqlQuery Count(ReadPlan plan, AsOf point) =>
        Matching(plan, "count(*)").At(point, QueryClass.Heavy);

    /// <summary>Something of all rows that meet the conditions, in no order.</summary>
    public static SqlFragment Matching(ReadPlan plan, string list) => SqlFragment.Of($"SELECT {list} FROM {plan.From} WHERE {Live(plan)}");

    /// <summary>One revision, if it is live.</summary>
    public static SqlQuery Revision(ReadPlan plan, AsOf point, long sequence) => ExpandSql.Around(
        SqlFragment.Of($"{Select(plan, OwnTable(plan, sequence, sequence))} WHERE r._seq = {sequence} AND {LiveRows}"), plan).At(point, QueryClass.Page);

    /// <summary>The row of a view that has rows of its own, letter case of its id ignored.</summary>
    public static SqlQuery ViewRow(ReadPlan plan, AsOf point, string id)
    {
        var wanted = new SqlFragment("$1", [id]);
        return SqlFragment.Of($"{Select(plan, OwnTable(plan))} WHERE lower(r.\"Id\") = lower({wanted})").At(point, QueryClass.Heavy);
    }

    /// <summary>The live revision of the record that a later revision belongs to.</summary>
    public static SqlQuery EarlierRevision(ReadPlan plan, AsOf point, long sequence) => ExpandSql.Around(
        SqlFragment.Of($"""
            WITH named AS MATERIALIZED (SELECT "Id" AS wanted FROM {EngineSchema.Quote(plan.Dataset.Extends ?? plan.Dataset.Name)} WHERE _seq = {sequence})
            {Select(plan, OwnTable(plan))} WHERE r."Id" = (SELECT wanted FROM named) AND {LiveRows}
            """), plan).At(point, QueryClass.Page);

    private static SqlQuery Page(ReadPlan plan, AsOf point, StoredPart part, long limit, bool isSorted)
    {
        var end = part.Last == long.MaxValue ? "" : Text($" AND r._seq <= {part.Last}");
        var rows = SqlFragment.Of(
            $"{Select(plan, From(plan, part.After, part.Last))} WHERE r._seq > {part.After}{end} AND {Live(plan)}{(isSorted ? " ORDER BY r._seq" : "")}{Limit(part.Skip, limit)}");
        return ExpandSql.Around(rows, plan).At(point, plan.Where is null && plan.Expanded.Count == 0 && !plan.Dataset.IsView ? QueryClass.Page : QueryClass.Heavy);
    }

    /// <summary>Goes through the part of the table in which they lie.</summary>
    private static SqlFragment Joined(ReadPlan plan, SqlFragment listed, long low, long high) => SqlFragment.Of($"""
        WITH listed AS ({listed}),
        numbered AS (SELECT unnest(list) AS _seq, generate_subscripts(list, 1) AS _place FROM listed)
        {Select(plan, OwnTable(plan, low, high))} JOIN numbered USING (_seq) WHERE _seq BETWEEN {low} AND {high} ORDER BY _place
        """);

    /// <summary>Numbers in the text let the engine keep only the top rows; no table has more rows than an int can count.</summary>
    private static string Limit(long skip, long limit) => Text($" LIMIT {Math.Min(limit, int.MaxValue)} OFFSET {Math.Min(skip, int.MaxValue)}");

    private static SqlFragment Select(ReadPlan plan, string from) =>
        SqlFragment.Of($"SELECT r._seq, {SqlFragment.Join(", ", ExpandSql.ToRead(plan).Select(column => Value(plan, column)))} FROM {from}");

    public static SqlFragment Value(ReadPlan plan, Column column) => plan.Computed.GetValueOrDefault(column.Name)
        ?? new SqlFragment("r." + EngineSchema.Quote(column.Name), []);

    /// <summary>The dataset without what only conditions and sort keys need.</summary>
    private static string OwnTable(ReadPlan plan, long first = 0, long last = long.MaxValue) =>
        plan.Computed.Count > 0 ? From(plan, first, last) : $"{EngineSchema.From(plan.Dataset, SqlFragment.ReleaseMark, SqlFragment.TagsMark, first, last)} AS r";

    /// <summary>A view is computed for the rows between two sequence numbers only; nothing is joined to one.</summary>
    private static string From(ReadPlan plan, long first, long last) =>
        plan.Dataset.IsView ? $"{EngineSchema.From(plan.Dataset, SqlFragment.ReleaseMark, SqlFragment.TagsMark, first, last)} AS r" : plan.From;

    private static string LiveRows { get; } = $"r._from <= {SqlFragment.ReleaseMark} AND r._to > {SqlFragment.ReleaseMark}";

    private static SqlFragment Live(ReadPlan plan) => plan.Where is null ? new(LiveRows, []) : SqlFragment.Of($"{LiveRows} AND {plan.Where}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
