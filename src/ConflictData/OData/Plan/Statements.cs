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
    /// Only a scan does: what is joined or computed is sorted.
    /// </summary>
    public static SqlQuery Page(ReadPlan plan, AsOf point, StoredPart part, long limit) =>
        IsWhole(plan, part) ? Whole(plan, point, part) : Page(plan, point, part, limit, isSorted: plan.Joins || !EngineSchema.IsStored(plan.Dataset));

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
    public static SqlQuery BySequence(ReadPlan plan, AsOf point, IReadOnlyList<long> sequences)
    {
        var list = string.Join(',', sequences.Select(sequence => sequence.ToString(CultureInfo.InvariantCulture)));
        var rows = plan.Dataset.IsView || sequences.Count is 0 or > FewRows
            ? Joined(plan, new SqlFragment("SELECT $1::VARCHAR::BIGINT[] AS list", [$"[{list}]"]), sequences.DefaultIfEmpty(long.MaxValue).Min(), sequences.DefaultIfEmpty(long.MinValue).Max())
            : SqlFragment.Of($"{Select(plan, OwnTable(plan))} WHERE r._seq IN ({list}) ORDER BY list_position([{list}], r._seq)");
        return ExpandSql.Around(rows, plan).At(point, QueryClass.Page);
    }

    public static SqlQuery Count(ReadPlan plan, AsOf point) =>
        Matching(plan, "count(*)").At(point, QueryClass.Heavy);

    /// <summary>Something of all rows that meet the conditions, in no order.</summary>
    public static SqlFragment Matching(ReadPlan plan, string list) => SqlFragment.Of($"SELECT {list} FROM {plan.From} WHERE {Live(plan)}");

    /// <summary>
    /// One revision; where it is not live, its sequence number is null. That is no condition, since the engine takes the index only where the
    /// sequence number is the only one: three times as fast.
    /// </summary>
    public static SqlQuery Revision(ReadPlan plan, AsOf point, long sequence) => ExpandSql.Around(
        SqlFragment.Of($"SELECT CASE WHEN {LiveRows} THEN r._seq END, {List(plan)} FROM {OwnTable(plan)} WHERE r._seq = {sequence}"), plan).At(point, QueryClass.Page);

    /// <summary>The row of a view that has rows of its own, letter case of its id ignored.</summary>
    public static SqlQuery ViewRow(ReadPlan plan, AsOf point, string id)
    {
        var wanted = new SqlFragment("$1", [id]);
        return SqlFragment.Of($"{Select(plan, OwnTable(plan))} WHERE lower(r.\"Id\") = lower({wanted})").At(point, QueryClass.Heavy);
    }

    /// <summary>The sequence number of the live revision of the record that a later revision belongs to.</summary>
    public static SqlQuery EarlierSequence(Dataset dataset, AsOf point, long sequence)
    {
        var table = EngineSchema.Quote(dataset.Name);
        return SqlFragment.Of($"""
            WITH named AS MATERIALIZED (SELECT "Id" AS wanted FROM {table} WHERE _seq = {sequence})
            SELECT r._seq FROM {table} AS r WHERE r."Id" = (SELECT wanted FROM named) AND {LiveRows}
            """).At(point, QueryClass.Page);
    }

    private static SqlQuery Page(ReadPlan plan, AsOf point, StoredPart part, long limit, bool isSorted)
    {
        var end = part.Last == long.MaxValue ? "" : Text($" AND r._seq <= {part.Last}");
        var rows = SqlFragment.Of(
            $"{Select(plan, WithConditions(plan))} WHERE r._seq > {part.After}{end} AND {Live(plan)}{(isSorted ? " ORDER BY r._seq" : "")}{Limit(part.Skip, limit)}");
        return ExpandSql.Around(rows, plan).At(point, plan.Where is null && plan.Expanded.Count == 0 && EngineSchema.IsStored(plan.Dataset) ? QueryClass.Page : QueryClass.Heavy);
    }

    /// <summary>True for a page of a view that is all records of the dataset which it extends, from one to another.</summary>
    private static bool IsWhole(ReadPlan plan, StoredPart part) => plan is { Dataset.Extends: not null, Where: null } && part is { Skip: 0, Last: < long.MaxValue };

    /// <summary>
    /// The dataset's own columns are not led through all the joins of the view but meet its others at the end: that is faster, and
    /// leaves the rows in stored order.
    /// </summary>
    private static SqlQuery Whole(ReadPlan plan, AsOf point, StoredPart part)
    {
        var extended = Catalog.Get(plan.Dataset.Extends!);
        var added = plan.Dataset.Columns.Skip(extended.Columns.Count).Select(column => column.Name).Where(Read(plan).Contains).ToHashSet();
        var range = Text($"_seq > {part.After} AND _seq <= {part.Last}");
        var rows = $"""
            (SELECT own.*{string.Concat(added.Select(column => ", widened." + EngineSchema.Quote(column)))}
            FROM {EngineSchema.Quote(extended.Name)} AS own
            JOIN (FROM {From(plan, null, added)} WHERE {range}) AS widened USING (_seq)) AS r
            """;
        return SqlFragment.Of($"{Select(plan, rows)} WHERE {range} AND {LiveRows}").At(point, QueryClass.Page);
    }

    /// <summary>Goes through the part of the table in which they lie. A view is computed for them alone.</summary>
    private static SqlFragment Joined(ReadPlan plan, SqlFragment listed, long low, long high)
    {
        var numbered = SqlFragment.Of($"""
            WITH listed AS ({listed}),
            numbered AS (SELECT unnest(list) AS _seq, generate_subscripts(list, 1) AS _place FROM listed)
            """);
        var range = Text($"_seq BETWEEN {low} AND {high}");
        return plan.Dataset.Extends is { } extended
            ? SqlFragment.Of($"""
                {numbered}, page AS (SELECT * FROM {EngineSchema.Quote(extended)} JOIN numbered USING (_seq) WHERE {range})
                {Select(plan, $"{From(plan, "page", Read(plan))} AS r")} ORDER BY _place
                """)
            : SqlFragment.Of($"{numbered} {Select(plan, OwnTable(plan))} JOIN numbered USING (_seq) WHERE {range} ORDER BY _place");
    }

    /// <summary>Numbers in the text let the engine keep only the top rows; no table has more rows than an int can count.</summary>
    private static string Limit(long skip, long limit) => Text($" LIMIT {Math.Min(limit, int.MaxValue)} OFFSET {Math.Min(skip, int.MaxValue)}");

    private static SqlFragment Select(ReadPlan plan, string from) => SqlFragment.Of($"SELECT r._seq, {List(plan)} FROM {from}");

    private static SqlFragment List(ReadPlan plan) => SqlFragment.Join(", ", ExpandSql.ToRead(plan).Select(column => Value(plan, column)));

    public static SqlFragment Value(ReadPlan plan, Column column) => plan.Computed.GetValueOrDefault(column.Name)
        ?? new SqlFragment("r." + EngineSchema.Quote(column.Name), []);

    /// <summary>The dataset with what conditions need; a view with all that is read, and nothing is joined to one.</summary>
    private static string WithConditions(ReadPlan plan) => plan.Dataset.IsView ? $"{From(plan, null, Read(plan))} AS r" : plan.From;

    /// <summary>The dataset without what only conditions and sort keys need.</summary>
    private static string OwnTable(ReadPlan plan) => plan.Computed.Count > 0 ? WithConditions(plan) : $"{From(plan, null, Read(plan))} AS r";

    private static string From(ReadPlan plan, string? rows, IReadOnlySet<string> read) =>
        EngineSchema.From(plan.Dataset, SqlFragment.ReleaseMark, SqlFragment.TagsMark, rows, read);

    /// <summary>The columns that the rows of a plan are found by and made of.</summary>
    private static HashSet<string> Read(ReadPlan plan) => [.. plan.Uses, .. ExpandSql.ToRead(plan).Select(column => column.Name)];

    private static string LiveRows { get; } = $"r._from <= {SqlFragment.ReleaseMark} AND r._to > {SqlFragment.ReleaseMark}";

    private static SqlFragment Live(ReadPlan plan) => plan.Where is null ? new(LiveRows, []) : SqlFragment.Of($"{LiveRows} AND {plan.Where}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
