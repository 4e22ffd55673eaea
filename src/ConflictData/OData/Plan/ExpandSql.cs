using System.Globalization;
using ConflictData.Datasets;
using ConflictData.Query;

namespace ConflictData.OData;

/// <summary>
/// Writes $expand around the statement of a page. The page comes first, then, level by level, the rows that its rows lead to
/// (no others are looked at), then their JSON from the innermost level outwards.
/// </summary>
internal sealed class ExpandSql
{
    /// <summary>Most records that one record is given with along one way. More is an error, never a part of them.</summary>
    public const int MaxRows = 1000;

    /// <summary>Most records of a page that has others in it.</summary>
    public const int PageSize = 1000;

    private readonly List<SqlFragment> tables = [];
    private int last;

    /// <summary>The statement's rows with what is expanded; where nothing is, the statement itself. JSON comes as BLOB.</summary>
    public static SqlFragment Around(SqlFragment page, ReadPlan plan) => plan.Expanded.Count == 0 ? page : new ExpandSql().Write(page, plan);

    /// <summary>The columns that the statement of the page has to give.</summary>
    public static IReadOnlyList<Column> ToRead(ReadPlan plan) => plan.Expanded.Count == 0
        ? plan.Columns
        : [.. Own(plan).Union(plan.Expanded.Select(item => item.Way.FromColumn))];

    private SqlFragment Write(SqlFragment page, ReadPlan plan)
    {
        var names = string.Join(", ", ToRead(plan).Select((_, index) => Name(index)).Prepend("_seq"));
        tables.Add(SqlFragment.Of($"n0({names}, _place) AS MATERIALIZED (SELECT *, row_number() OVER () FROM ({page}))"));
        var (members, joins) = Members(plan, "n0");
        var list = SqlFragment.Join(", ", plan.Columns.Select(column => Result(plan, column, members)));
        return SqlFragment.Of($"WITH {SqlFragment.Join(",\n", tables)}\nSELECT n0._seq, {list} FROM n0{joins} ORDER BY n0._place");
    }

    private static SqlFragment Result(ReadPlan plan, Column column, Dictionary<string, SqlFragment> members) =>
        members.TryGetValue(column.Name, out var sql)
            ? column.Type == ColumnType.Integer ? sql : SqlFragment.Of($"encode({sql})")
            : new SqlFragment($"n0.{Name(Index(plan, column))}", []);

    /// <summary>Text expressions of what is expanded, by name, and the joins that they need.</summary>
    private (Dictionary<string, SqlFragment> Members, string Joins) Members(ReadPlan plan, string table)
    {
        var (members, joins) = (new Dictionary<string, SqlFragment>(), "");
        foreach (var item in plan.Expanded)
        {
            var (rows, counts) = Add(item, $"SELECT {Name(Index(plan, item.Way.FromColumn))} FROM {table}");
            var key = $"{table}.{Name(Index(plan, item.Way.FromColumn))}";
            if (counts is not null)
            {
                members[item.Columns[0].Name] = new($"coalesce({counts}._count, 0)", []);
                joins += $" LEFT JOIN {counts} ON {counts}._key = {key}";
            }
            if (rows is not null)
            {
                members[item.Way.Name] = new($"CASE WHEN {rows}._key IS NULL THEN '{(item.Way.ToMany ? "[]" : "null")}' ELSE {rows}._json END", []);
                joins += $" LEFT JOIN {rows} ON {rows}._key = {key}";
            }
        }
        return (members, joins);
    }

    /// <summary>Adds the tables of one way: one with _key and _json, one with _key and _count, as they are wanted.</summary>
    private (string? Rows, string? Counts) Add(ExpandPlan item, string owners)
    {
        var (plan, way, number) = (item.Plan, item.Way, ++last);
        var key = $"r.{EngineSchema.Quote(way.ToColumn.Name)}";
        var where = SqlFragment.Of($"r._from <= {SqlFragment.ReleaseMark} AND r._to > {SqlFragment.ReleaseMark} AND {key} IN ({owners}){Where(plan)}");
        string? counts = null;
        if (plan.Count)
        {
            counts = Numbered('k', number);
            tables.Add(SqlFragment.Of($"{counts} AS MATERIALIZED (SELECT {key} AS _key, count(*) AS _count FROM {plan.From} WHERE {where} GROUP BY 1)"));
        }
        if (item.CountOnly)
        {
            return (null, counts);
        }
        var rows = Numbered('n', number);
        var columns = ToRead(plan);
        var values = SqlFragment.Join(", ", columns.Select((column, index) => SqlFragment.Of($"{Statements.Value(plan, column)} AS {Name(index)}")));
        tables.Add(SqlFragment.Of($"""
            {rows} AS MATERIALIZED (SELECT {key} AS _key, {values}, row_number() OVER (PARTITION BY {key} ORDER BY {plan.Order ?? new("r._seq", [])}) AS _place
            FROM {plan.From} WHERE {where} QUALIFY {Window(plan)})
            """));
        return (AddJson(item, rows, Numbered('j', number)), counts);
    }

    private string AddJson(ExpandPlan item, string rows, string name)
    {
        var (members, joins) = Members(item.Plan, rows);
        var json = JsonSql.Object([.. item.Plan.Columns.Select(column => (column.Name, Json(item.Plan, column, rows, members)))]);
        // A null inside is a level with too many rows: it must not get lost in the list.
        tables.Add(item.Way.ToMany
            ? SqlFragment.Of($"""
                {name} AS MATERIALIZED (SELECT _key, CASE WHEN count(*) > {MaxRows} OR count(_json) < count(*) THEN NULL ELSE '[' || string_agg(_json, ',' ORDER BY _place) || ']' END AS _json
                FROM (SELECT {rows}._key, {rows}._place, {json} AS _json FROM {rows}{joins}) GROUP BY _key)
                """)
            : SqlFragment.Of($"{name} AS MATERIALIZED (SELECT {rows}._key, {json} AS _json FROM {rows}{joins})"));
        return name;
    }

    private static SqlFragment Json(ReadPlan plan, Column column, string table, Dictionary<string, SqlFragment> members) =>
        !members.TryGetValue(column.Name, out var sql) ? new(JsonSql.Value($"{table}.{Name(Index(plan, column))}", column.Type), [])
        : column.Type == ColumnType.Integer ? SqlFragment.Of($"CAST({sql} AS VARCHAR)")
        : sql;

    private static SqlFragment Where(ReadPlan plan) => plan.Where is null ? new("", []) : SqlFragment.Of($" AND ({plan.Where})");

    /// <summary>The rows that are asked for, and one more than may be, to see that there are too many.</summary>
    private static string Window(ReadPlan plan)
    {
        var skip = Math.Min(plan.Skip, int.MaxValue);
        return string.Create(CultureInfo.InvariantCulture, $"_place > {skip} AND _place <= {skip + Math.Min(plan.Top ?? long.MaxValue, MaxRows + 1)}");
    }

    private static IEnumerable<Column> Own(ReadPlan plan) => plan.Columns.Except(plan.Expanded.SelectMany(item => item.Columns));

    private static int Index(ReadPlan plan, Column column) => ToRead(plan).TakeWhile(read => read != column).Count();

    private static string Name(int index) => Numbered('c', index);

    private static string Numbered(char letter, int number) => string.Create(CultureInfo.InvariantCulture, $"{letter}{number}");
}
