using System.Globalization;
using ConflictData.Datasets;
using ConflictData.Query;

namespace ConflictData.OData;

/// <summary>
/// Writes $expand around the statement of a page. The page comes first, then, level by level, the rows that its rows lead to
/// (no others are looked at), then their JSON from the innermost level outwards, or, where they are flat, their columns.
/// </summary>
internal sealed class ExpandSql(NestedForm form)
{
    /// <summary>Most records of a page that has others in it.</summary>
    public const int PageSize = 1000;

    private readonly List<SqlFragment> tables = [];
    private int last;

    /// <summary>The statement's rows with what is expanded; where nothing is, the statement itself. JSON comes as BLOB.</summary>
    public static SqlFragment Around(SqlFragment page, ReadPlan plan) => plan.Expanded.Count == 0 ? page : new ExpandSql(plan.Nested).Write(page, plan);

    /// <summary>The columns that the statement of the page has to give.</summary>
    public static IReadOnlyList<Column> ToRead(ReadPlan plan) => plan.Expanded.Count == 0 && !plan.ReadsKey
        ? plan.Columns
        : [.. plan.OwnColumns.Union(plan.Expanded.Select(item => item.Way.FromColumn)).Union(plan.ReadsKey ? [plan.Dataset.Columns[0]] : [])];

    private SqlFragment Write(SqlFragment page, ReadPlan plan)
    {
        var names = string.Join(", ", ToRead(plan).Select((_, index) => Name(index)).Prepend("_seq"));
        tables.Add(SqlFragment.Of($"n0({names}, _place) AS MATERIALIZED (SELECT *, row_number() OVER () FROM ({page}))"));
        var (members, joins) = Members(plan, "n0");
        var list = SqlFragment.Join(", ", plan.Columns.Select(column => Result(plan, column, members)));
        return SqlFragment.Of($"WITH {SqlFragment.Join(",\n", tables)}\nSELECT n0._seq, {list} FROM n0{joins} ORDER BY n0._place");
    }

    private SqlFragment Result(ReadPlan plan, Column column, Dictionary<string, JsonMember> members) =>
        !members.TryGetValue(column.Name, out var member) ? new SqlFragment($"n0.{Name(Index(plan, column))}", [])
        : form.IsFlat || column.Type == ColumnType.Integer ? member.Json
        : SqlFragment.Of($"encode({member.Json})");

    /// <summary>What is expanded, by name, and the joins that it needs: numbers as they are, all else as JSON, flat columns as they are.</summary>
    private (Dictionary<string, JsonMember> Members, string Joins) Members(ReadPlan plan, string table)
    {
        var (members, joins) = (new Dictionary<string, JsonMember>(), "");
        foreach (var item in plan.Expanded)
        {
            var (rows, counts) = Add(item, $"SELECT {Name(Index(plan, item.Way.FromColumn))} FROM {table}");
            var key = $"{table}.{Name(Index(plan, item.Way.FromColumn))}";
            if (counts is not null)
            {
                // Where flat columns are those of no record, there is nothing to count either.
                members[item.CountName] = new(item.CountName, new($"CASE WHEN {key} IS NOT NULL THEN coalesce({counts}._count, 0) END", []));
                joins += $" LEFT JOIN {counts} ON {counts}._key = {key}";
            }
            if (rows is null)
            {
                continue;
            }
            joins += $" LEFT JOIN {rows} ON {rows}._key = {key}";
            if (item.IsFlat)
            {
                joins += AddFlat(item, rows, members);
                continue;
            }
            var nothing = item.Way.ToMany ? "[]" : "null";
            members[item.Way.Name] = new(
                item.Way.Name, new($"CASE WHEN {rows}._key IS NULL THEN '{nothing}' ELSE {rows}._json END", []), item.Way.ToMany ? null : $"{rows}._key IS NULL");
        }
        return (members, joins);
    }

    /// <summary>Adds the columns of the one record at the end of a way, and gives the joins that those further on need.</summary>
    private string AddFlat(ExpandPlan item, string rows, Dictionary<string, JsonMember> members)
    {
        var (inner, joins) = Members(item.Plan, rows);
        foreach (var column in item.Plan.Columns)
        {
            var name = item.FlatName(column);
            members[name] = inner.GetValueOrDefault(column.Name) ?? new(name, new($"{rows}.{Name(Index(item.Plan, column))}", []));
        }
        return joins;
    }

    /// <summary>Adds the tables of one way: one with _key and its rows or their _json, one with _key and _count, as they are wanted.</summary>
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
        var values = SqlFragment.Join(", ", ToRead(plan).Select((column, index) => SqlFragment.Of($"{Statements.Value(plan, column)} AS {Name(index)}")));
        tables.Add(SqlFragment.Of($"""
            {rows} AS MATERIALIZED (SELECT {key} AS _key, {values}, row_number() OVER (PARTITION BY {key} ORDER BY {plan.Order ?? new("r._seq", [])}) AS _place
            FROM {plan.From} WHERE {where} QUALIFY {Window(plan)})
            """));
        return (item.IsFlat ? rows : AddJson(item, rows, Numbered('j', number)), counts);
    }

    private string AddJson(ExpandPlan item, string rows, string name)
    {
        var (members, joins) = Members(item.Plan, rows);
        var json = JsonSql.Object([.. Identity(item.Plan, rows), .. item.Plan.Columns.SelectMany(column => MembersOf(item.Plan, column, rows, members))], form);
        // A null inside is a level with too many rows: it must not get lost in the list.
        tables.Add(item.Way.ToMany
            ? SqlFragment.Of($"""
                {name} AS MATERIALIZED (SELECT _key, CASE WHEN count(*) > {form.MaxRows} OR count(_json) < count(*) THEN NULL ELSE '[' || string_agg(_json, ',' ORDER BY _place) || ']' END AS _json
                FROM (SELECT {rows}._key, {rows}._place, {json} AS _json FROM {rows}{joins}) GROUP BY _key)
                """)
            : SqlFragment.Of($"{name} AS MATERIALIZED (SELECT {rows}._key, {json} AS _json FROM {rows}{joins})"));
        return name;
    }

    /// <summary>The member of a column. Where a way begins with it, its links come before.</summary>
    private IEnumerable<JsonMember> MembersOf(ReadPlan plan, Column column, string table, Dictionary<string, JsonMember> members)
    {
        var way = form.Full is null ? null : plan.Expanded.FirstOrDefault(item => item.Columns.First().Name == column.Name)?.Way.Name;
        return [.. way is null ? [] : new[] { WithAddress(plan, table, WayLinks.Of(way)) }, Member(plan, column, table, members)];
    }

    private JsonMember Member(ReadPlan plan, Column column, string table, Dictionary<string, JsonMember> members)
    {
        if (members.TryGetValue(column.Name, out var member))
        {
            return column.Type == ColumnType.Integer ? member with { Json = new(JsonSql.Value(member.Json.Text, column.Type, form.LongsAsText), []) } : member;
        }
        var sql = $"{table}.{Name(Index(plan, column))}";
        var type = form.Full is null || plan.IsOfReferences ? null : TypeAnnotation.Of(column.Type, form.Full.Version);
        return new(column.Name, new(JsonSql.Value(sql, column.Type, form.LongsAsText), []), $"{sql} IS NULL", type);
    }

    /// <summary>What full metadata says of a record: its type and its address.</summary>
    private IEnumerable<JsonMember> Identity(ReadPlan plan, string table)
    {
        if (form.Full is null || plan.IsOfReferences)
        {
            return [];
        }
        return
        [
            new("@odata.type", new SqlFragment("$1::VARCHAR", [JsonSql.Quoted(TypeAnnotation.Of(plan.Dataset))])),
            WithAddress(plan, table, [("@odata.id", ""), .. plan.BareWays.SelectMany(way => WayLinks.Of(way.Name))]),
        ];
    }

    /// <summary>
    /// Members whose values begin with the address of the record, as if they were one. They are one text in which the key takes its
    /// places: a chain of pieces, some for each, would cost more to plan than to write.
    /// </summary>
    private JsonMember WithAddress(ReadPlan plan, string table, IEnumerable<(string Name, string Behind)> members)
    {
        const string Key = "{}";
        // Ids have no character that an address would have to escape.
        var address = $"{form.Full!.Root}{plan.Dataset.Name}('{Key}')";
        var values = members.Select((member, index) => (index == 0 ? "" : $"{JsonSql.Quoted(member.Name)}:") + JsonSql.Quoted(address + member.Behind));
        var text = new SqlFragment("$1::VARCHAR", [string.Join(',', values)]);
        return new(members.First().Name, SqlFragment.Of($"replace({text}, '{Key}', {table}.{Name(Index(plan, plan.Dataset.Columns[0]))})"));
    }

    private static SqlFragment Where(ReadPlan plan) => plan.Where is null ? new("", []) : SqlFragment.Of($" AND ({plan.Where})");

    /// <summary>The rows that are asked for, and one more than may be, to see that there are too many.</summary>
    private string Window(ReadPlan plan)
    {
        var skip = Math.Min(plan.Skip, int.MaxValue);
        return string.Create(CultureInfo.InvariantCulture, $"_place > {skip} AND _place <= {skip + Math.Min(plan.Top ?? long.MaxValue, form.MaxRows + 1)}");
    }

    private static int Index(ReadPlan plan, Column column) => ToRead(plan).TakeWhile(read => read != column).Count();

    private static string Name(int index) => Numbered('c', index);

    private static string Numbered(char letter, int number) => string.Create(CultureInfo.InvariantCulture, $"{letter}{number}");
}
