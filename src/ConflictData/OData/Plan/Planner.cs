using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.Query;
using Microsoft.OData.UriParser;

namespace ConflictData.OData;

/// <summary>Makes a plan of a bound query, or says what this service does not do.</summary>
internal static class Planner
{
    public static Result<ReadPlan> Plan(BoundQuery query, Settings limits) => Check(query, new ExpressionCheck(limits)) is { } error ? error : Make(query);

    /// <summary>One check looks at all expressions, those within $expand too, so that its limits hold for all together.</summary>
    private static ApiError? Check(BoundQuery query, ExpressionCheck check)
    {
        var error = query.Filter is null ? null : check.Check(query.Filter, query.Aliases, "$filter");
        error ??= query.Order.Select(item => check.Check(item.Key, query.Aliases, "$orderby")).FirstOrDefault(problem => problem is not null);
        error ??= query.Search is null ? null : check.Check(query.Search, query.Aliases, "$search");
        error ??= query.Computed.Select(item => check.Check(item.Expression, query.Aliases, "$compute")).FirstOrDefault(problem => problem is not null);
        return error ?? query.Expanded.Select(item => Check(item.Query, check)).FirstOrDefault(problem => problem is not null);
    }

    private static ReadPlan Make(BoundQuery query)
    {
        var scope = TableScope.Of(query.Dataset);
        var where = Condition(query, scope);
        var order = query.Order.Count == 0 ? null : Write(query, scope, sql => OrderOf(query, sql));
        var computed = Computed(query, scope);
        ExpandPlan[] expanded = [.. query.Expanded.Select(item => new ExpandPlan(item.Way, Make(item.Query), item.Kind == ExpandKind.Count))];
        return new ReadPlan
        {
            Dataset = query.Dataset,
            Columns = [.. query.Columns, .. expanded.SelectMany(item => item.Columns)],
            Computed = computed,
            Expanded = expanded,
            SelectList = query.SelectList,
            From = scope.From(),
            Uses = scope.Columns,
            Joins = scope.Reads.Count > 1 || scope.HasJoins,
            Reads = [.. scope.Reads.Union(expanded.SelectMany(item => item.Plan.Reads))],
            Related = scope.Related,
            Where = where,
            Tally = query.Dataset.IsView || query.Search is not null ? null : TallyFilter.Of(query.Dataset, query.Filter),
            Order = order,
            Keys = order is null || query.Dataset.IsView ? [] : KeysOf(query),
            Top = query.Top,
            Skip = query.Skip,
            Count = query.Count,
        };
    }

    private static SqlFragment? Condition(BoundQuery query, TableScope scope)
    {
        var filter = query.Filter is null ? null : Write(query, scope, sql => sql.Filter(query.Filter));
        if (query.Search is null)
        {
            return filter;
        }
        var parameters = new SqlParameters([]);
        var search = new SqlFragment(new SearchSql(parameters, SearchSql.TextsOf(scope)).Write(query.Search), parameters.Snapshot());
        return filter is null ? search : SqlFragment.Of($"({filter}) AND {search}");
    }

    /// <summary>Computed values are brought to the type that the model gives them; one that leaves its range is null.</summary>
    private static Dictionary<string, SqlFragment> Computed(BoundQuery query, TableScope scope)
    {
        var values = query.Computed.Where(property => query.Columns.Contains(property.Column)).ToDictionary(
            property => property.Name,
            property => SqlFragment.Of($"TRY_CAST({Write(query, scope, sql => sql.Value(property.Expression), mayOverflow: true)} AS {EngineSchema.SqlType(property.Column.Type)})"));
        if (query.Columns.Any(column => column.Name == ReferenceColumn.Name))
        {
            values.Add(ReferenceColumn.Name, ReferenceColumn.Sql(query.Dataset));
        }
        return values;
    }

    private static SqlFragment Write(BoundQuery query, TableScope scope, Func<ExpressionSql, string> write, bool mayOverflow = false)
    {
        var parameters = new SqlParameters([]);
        return new(write(new ExpressionSql(parameters, query.Aliases, scope, mayOverflow)), parameters.Snapshot());
    }

    /// <summary>Null sorts below every value (part 1, 11.2.6.2); ties are in stored order. After an id there are none.</summary>
    private static string OrderOf(BoundQuery query, ExpressionSql sql)
    {
        var ids = query.Order.Index().Where(item => IsId(query.Dataset, item.Item.Key)).Select(item => item.Index + 1).ToList();
        // What reads no column orders nothing, and the engine refuses a bare literal.
        var keys = query.Order.Take(ids.Count > 0 ? ids[0] : query.Order.Count).Where(item => sql.ReadsColumn(item.Key))
            .Select(item => $"({sql.Value(item.Key)}) {(item.Descending ? "DESC NULLS LAST" : "ASC NULLS FIRST")}");
        return string.Join(", ", ids.Count > 0 ? keys : keys.Append("r._seq"));
    }

    /// <summary>The sort keys as columns, those behind an id left out; none where one is something else.</summary>
    private static SortKey[] KeysOf(BoundQuery query)
    {
        var keys = query.Order.Select(item => (Column: SortKey.ColumnOf(query.Dataset, item.Key), item.Descending)).ToList();
        var last = keys.FindIndex(key => key.Column == query.Dataset.Columns[0]);
        var used = keys.Take(last < 0 ? keys.Count : last + 1).ToList();
        return used.All(key => key.Column is not null) ? [.. used.Select(key => new SortKey(key.Column!, key.Descending))] : [];
    }

    /// <summary>True for the id of the row's own record, which no other row of the release has.</summary>
    private static bool IsId(Dataset dataset, SingleValueNode key) => !dataset.IsView
        && key is SingleValuePropertyAccessNode { Source: ResourceRangeVariableReferenceNode, Property: var property } && property.Name == dataset.Columns[0].Name;
}
