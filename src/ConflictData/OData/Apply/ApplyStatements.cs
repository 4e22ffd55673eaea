using ConflictData.Query;

namespace ConflictData.OData;

/// <summary>The statements of an <see cref="ApplyPlan"/> at a point.</summary>
internal static class ApplyStatements
{
    /// <summary>Some of the rows, in their order.</summary>
    public static SqlQuery Rows(ApplyPlan plan, AsOf point, long skip, long limit)
    {
        var (columns, part) = (string.Join(", ", plan.Columns), $"ORDER BY _ord LIMIT {limit} OFFSET {skip}");
        return SqlFragment.Of(plan.Output is { IsRecords: true, Dataset.IsView: false }
            ? $"{Stages(plan)} {Records(plan, part)}"
            : (FormattableString)$"{Stages(plan)} SELECT {columns} FROM {plan.Last} {part}").At(point, QueryClass.Heavy);
    }

    public static SqlQuery Count(ApplyPlan plan, AsOf point) =>
        SqlFragment.Of($"{Stages(plan)} SELECT count(*) FROM {plan.Counted}").At(point, QueryClass.Heavy);

    /// <summary>
    /// Whole records are found by their sequence numbers once it is known which are given: no step carries columns then that it
    /// does not need, and none of the rows that are passed over is put together.
    /// </summary>
    private static string Records(ApplyPlan plan, string part)
    {
        var own = plan.Output.Dataset.Columns.Select(column => EngineSchema.Quote(column.Name)).ToHashSet();
        var made = string.Join(", ", plan.Columns.Where(column => !own.Contains(column)));
        var columns = string.Join(", ", plan.Columns.Select(column => (own.Contains(column) ? "r." : "given.") + column));
        return $"""
            , given AS (SELECT _seq, {made} FROM {plan.Last} {part})
            SELECT {columns} FROM given JOIN {EngineSchema.Quote(plan.Output.Dataset.Name)} AS r ON r._seq = given._seq ORDER BY given._ord
            """;
    }

    private static SqlFragment Stages(ApplyPlan plan)
    {
        // A column that no stage names, and the result does not have, need not be there: a view looks up the others only.
        var read = plan.Output.Dataset.Columns.Select(column => column.Name)
            .Where(name => plan.Stages.Text.Contains(EngineSchema.Quote(name), StringComparison.Ordinal) || plan.Columns.Contains(EngineSchema.Quote(name))).ToHashSet();
        var columns = string.Concat(read.Select(name => EngineSchema.Quote(name) + ", "));
        var within = plan.Within is { } some ? new SqlFragment($" AND {EngineSchema.Quote(some.Column.Name)} = $1", [some.Value]) : new("", []);
        return SqlFragment.Of($"""
            WITH {PipelineSql.First} AS NOT MATERIALIZED (SELECT {columns}_seq, _seq AS _ord FROM {EngineSchema.From(plan.Output.Dataset, SqlFragment.ReleaseMark, SqlFragment.TagsMark, read: read)}
            WHERE {EngineSchema.LiveAt(SqlFragment.ReleaseMark)}{within}){plan.Stages}
            """);
    }
}
