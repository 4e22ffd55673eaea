using System.Globalization;
using ConflictData.Api;

namespace ConflictData.OData;

/// <summary>
/// <c>groupby((A,B),steps)</c>: applies the steps to the rows of each group by itself and gives what they make of all groups,
/// each row with the keys of its group. Without steps each group is one row.
/// </summary>
internal static class GroupByStep
{
    public static Result<Flow> Apply(Pipeline pipeline, Flow rows, string text)
    {
        if (PipelineText.Split(text, ',') is not [['(', .. var list, ')'], .. { Length: <= 1 } sequence])
        {
            return ApplyError.Bad("groupby takes a list of properties in parentheses, and steps for each group: groupby((Outcome,PartyId),aggregate(…)).");
        }
        if (!new GroupKeys(pipeline, rows).Read(list).Succeeded(out var read, out var error))
        {
            return error;
        }
        var (keyed, keys) = read;
        var haveOneOutcome = rows.Shape.IsRecords && keys.Any(key => key.Path == OneOutcome.Property);
        var within = keyed with { Groups = rows.Groups.By(keys, keyed.Stage, haveOneOutcome) };
        var done = sequence is [var steps] ? pipeline.Run(within, steps) : AggregateStep.Collapse(pipeline, within, []);
        return done.Succeeded(out var made, out error) ? Leave(pipeline, rows.Groups, made, keys) : error;
    }

    /// <summary>The groups one after the other, ordered by their keys; the rows of each in their order.</summary>
    private static Flow Leave(Pipeline pipeline, Groups around, Flow made, IReadOnlyList<PipelineProperty> keys)
    {
        var count = made.Groups.HaveOneRowAtMost ? "count(*) OVER ()" : $"(SELECT count(*) FROM (SELECT DISTINCT {made.Groups.List()} FROM {made.Stage}))";
        var order = string.Join(", ", keys.Select(key => key.Sql + " ASC NULLS FIRST").Append("_ord"));
        // A condition is looked at even where nobody reads the order.
        var stage = pipeline.Sql.Add(string.Create(CultureInfo.InvariantCulture, $"""
            SELECT * REPLACE (row_number() OVER ({around.PartitionOf()}ORDER BY {order}) AS _ord) FROM {made.Stage}
            QUALIFY CASE WHEN {count} > {pipeline.Limits.MaxGroups} THEN error('more than {pipeline.Limits.MaxGroups} groups') ELSE TRUE END
            """));
        return new Flow(stage, made.Shape.InGroups(keys), around with { MayBeEmpty = around.MayBeEmpty || made.Groups.MayBeEmpty, HaveOneRowAtMost = false });
    }
}
