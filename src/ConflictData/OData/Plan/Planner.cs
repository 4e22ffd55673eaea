using ConflictData.Api;

namespace ConflictData.OData;

/// <summary>Makes a plan of a bound query, or says what this service does not do.</summary>
internal static class Planner
{
    public static Result<ReadPlan> Plan(BoundQuery query)
    {
        var check = new ExpressionCheck(query.Aliases);
        var error = query.Filter is null ? null : check.Check(query.Filter, "$filter");
        error ??= query.Order.Select(item => check.Check(item.Key, "$orderby")).FirstOrDefault(problem => problem is not null);
        if (error is not null)
        {
            return error;
        }
        var scope = TableScope.Of(query.Dataset);
        var where = query.Filter is null ? null : Write(query, scope, sql => sql.Filter(query.Filter));
        var order = query.Order.Count == 0 ? null : Write(query, scope, sql => OrderOf(query, sql));
        return new ReadPlan
        {
            Dataset = query.Dataset,
            Columns = query.Columns,
            SelectContext = query.SelectContext,
            From = scope.From(),
            Joins = scope.Reads.Count > 1 || scope.HasJoins,
            Reads = scope.Reads,
            Where = where,
            Order = order,
            Top = query.Top,
            Skip = query.Skip,
            Count = query.Count,
        };
    }

    private static SqlFragment Write(BoundQuery query, TableScope scope, Func<ExpressionSql, string> write)
    {
        var parameters = new SqlParameters([]);
        return new(write(new ExpressionSql(parameters, query.Aliases, scope)), parameters.Snapshot());
    }

    /// <summary>Null sorts below every value (part 1, 11.2.6.2); ties are in stored order.</summary>
    private static string OrderOf(BoundQuery query, ExpressionSql sql)
    {
        // What reads no column orders nothing, and the engine refuses a bare literal.
        var keys = query.Order.Where(item => sql.ReadsColumn(item.Key)).Select(item => $"({sql.Value(item.Key)}) {(item.Descending ? "DESC NULLS LAST" : "ASC NULLS FIRST")}");
        return string.Join(", ", keys.Append("r._seq"));
    }
}
