using ConflictData.Api;

namespace ConflictData.OData;

/// <summary>One item of an aggregate.</summary>
/// <param name="Property">What it makes.</param>
/// <param name="Sums">Its columns over the rows of a group.</param>
/// <param name="Then">Columns that are made of those, row by row.</param>
internal sealed record Aggregate(PipelineProperty Property, IReadOnlyList<string> Sums, IReadOnlyList<string> Then);

/// <summary><c>aggregate(…)</c>: one row of all rows, or within a groupby one of each group, even where it has no rows left.</summary>
internal static class AggregateStep
{
    public static Result<Flow> Apply(Pipeline pipeline, Flow rows, string text)
    {
        var (scope, items) = (new StepScope(pipeline, rows), new List<Aggregate>());
        foreach (var item in PipelineText.Split(text, ',') ?? [""])
        {
            if (!new AggregateReader(pipeline, rows, scope).Read(item, items).Succeeded(out var aggregate, out var error))
            {
                return error;
            }
            items.Add(aggregate);
        }
        return Collapse(pipeline, rows.From(scope.Widened()), items);
    }

    public static Flow Collapse(Pipeline pipeline, Flow rows, IReadOnlyList<Aggregate> items)
    {
        var sums = string.Join(", ", items.SelectMany(item => item.Sums));
        var all = pipeline.Sql.Add(rows.Groups.AreAll ? $"SELECT {sums} FROM {rows.Stage}" : EachGroup(rows, sums));
        var labels = string.Concat(items.SelectMany(item => item.Then).Select(column => ", " + column));
        var stage = pipeline.Sql.AddRowByRow($"SELECT *{labels}, 1::BIGINT AS _ord FROM {all}");
        return new Flow(stage, rows.Shape.Grouped([.. items.Select(item => item.Property)]), rows.Groups with { MayBeEmpty = false, HaveOneRowAtMost = true });
    }

    /// <summary>A group that the steps before left no rows of is summed up as no rows are.</summary>
    private static string EachGroup(Flow rows, string sums)
    {
        var keys = rows.Groups.List();
        var groups = $"SELECT {string.Join(", ", new[] { keys, sums }.Where(list => list.Length > 0))} FROM {rows.Stage} GROUP BY {keys}";
        return !rows.Groups.MayBeEmpty ? groups : $"""
            {groups} UNION ALL SELECT * FROM (SELECT {keys} FROM {rows.Groups.Source} EXCEPT SELECT {keys} FROM {rows.Stage}), (SELECT {sums} FROM {rows.Stage} WHERE FALSE)
            """;
    }
}
