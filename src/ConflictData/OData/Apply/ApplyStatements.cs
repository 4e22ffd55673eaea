using System.Globalization;
using ConflictData.Datasets;
using ConflictData.Query;

namespace ConflictData.OData;

/// <summary>The statements of an <see cref="ApplyPlan"/> at a point.</summary>
internal static class ApplyStatements
{
    /// <summary>Some of the rows, in their order; the first column is _ord.</summary>
    public static SqlQuery Rows(ApplyPlan plan, AsOf point, long skip, long limit)
    {
        var columns = string.Join(", ", plan.Output.Properties.SelectMany(property => property.Columns).Prepend("_ord"));
        return new(
            Text($"{Stages(plan, plan.Rows, point)} SELECT {columns} FROM {plan.Last} ORDER BY _ord LIMIT {limit} OFFSET {skip}"),
            plan.Rows.Values, QueryClass.Heavy);
    }

    public static SqlQuery Count(ApplyPlan plan, AsOf point) =>
        new($"{Stages(plan, plan.Counted!, point)} SELECT count(*) FROM {plan.CountedLast}", plan.Counted!.Values, QueryClass.Heavy);

    private static string Stages(ApplyPlan plan, SqlFragment stages, AsOf point) =>
        $"WITH s0 AS (SELECT {Columns(plan.Output.Dataset)}, _seq AS _ord FROM {Statements.Source(plan.Output.Dataset, point)}){stages.Text}";

    private static string Columns(Dataset dataset) => string.Join(", ", dataset.Columns.Select(column => EngineSchema.Quote(column.Name)));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
