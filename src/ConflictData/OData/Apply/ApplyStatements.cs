using System.Globalization;
using ConflictData.Datasets;
using ConflictData.Query;

namespace ConflictData.OData;

/// <summary>The statements of an <see cref="ApplyPlan"/> at a release.</summary>
internal static class ApplyStatements
{
    /// <summary>Some of the rows, in their order; the first column is _ord.</summary>
    public static SqlQuery Rows(ApplyPlan plan, int release, long skip, long limit)
    {
        var columns = string.Join(", ", plan.Output.Properties.SelectMany(property => property.Columns).Prepend("_ord"));
        return new(
            Text($"{Stages(plan, plan.Rows, release)} SELECT {columns} FROM {plan.Last} ORDER BY _ord LIMIT {limit} OFFSET {skip}"),
            plan.Rows.Values, QueryClass.Heavy);
    }

    public static SqlQuery Count(ApplyPlan plan, int release) =>
        new($"{Stages(plan, plan.Counted!, release)} SELECT count(*) FROM {plan.CountedLast}", plan.Counted!.Values, QueryClass.Heavy);

    private static string Stages(ApplyPlan plan, SqlFragment stages, int release) =>
        $"WITH s0 AS (SELECT {Columns(plan.Output.Dataset)}, _seq AS _ord FROM {Statements.Source(plan.Output.Dataset, release)}){stages.Text}";

    private static string Columns(Dataset dataset) => string.Join(", ", dataset.Columns.Select(column => EngineSchema.Quote(column.Name)));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
