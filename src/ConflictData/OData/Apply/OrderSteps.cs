using System.Globalization;
using ConflictData.Api;

namespace ConflictData.OData;

/// <summary>The steps that put rows in order and cut them off; within a groupby in each group by itself.</summary>
internal static class OrderSteps
{
    public static Result<Flow> OrderBy(Pipeline pipeline, Flow rows, string text, string target = "$apply")
    {
        if (!pipeline.Binder.OrderBy(rows.Shape, text, target).Succeeded(out var bound, out var error))
        {
            return error;
        }
        var scope = new StepScope(pipeline, rows);
        var writer = scope.Expressions(bound.Aliases);
        // What reads no column orders nothing, and the engine refuses a bare literal.
        var keys = bound.Value.Where(item => writer.ReadsColumn(item.Key)).Select(item => $"({writer.Value(item.Key)}) {(item.Descending ? "DESC NULLS LAST" : "ASC NULLS FIRST")}");
        var order = string.Join(", ", keys.Append("r._ord"));
        return rows.From(scope.AllAtOnce($"r.* REPLACE (row_number() OVER ({rows.Groups.PartitionOf("r.")}ORDER BY {order}) AS _ord)"));
    }

    public static Flow Top(Pipeline pipeline, Flow rows, long count) => Cut(pipeline, rows, $"LIMIT {Text(count)}", $"<= {Text(count)}");

    public static Flow Skip(Pipeline pipeline, Flow rows, long count) => Cut(pipeline, rows, $"OFFSET {Text(count)}", $"> {Text(count)}");

    /// <summary>Reads the number of a top or skip and cuts there.</summary>
    public static Result<Flow> Cut(string text, string step, Func<long, Flow> cut) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? cut(count)
            : ApplyError.Bad($"The step {step} takes a whole number from 0; found {text}.");

    private static Flow Cut(Pipeline pipeline, Flow rows, string ofAll, string ofEach) => rows.SomeFrom(pipeline.Sql.Add(rows.Groups.AreAll
        ? $"SELECT * FROM {rows.Stage} ORDER BY _ord {ofAll}"
        : $"SELECT * FROM {rows.Stage} QUALIFY row_number() OVER ({rows.Groups.PartitionOf()}ORDER BY _ord) {ofEach}"));

    private static string Text(long count) => count.ToString(CultureInfo.InvariantCulture);
}
