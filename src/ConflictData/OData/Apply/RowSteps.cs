using ConflictData.Api;

namespace ConflictData.OData;

/// <summary>The steps that look at each row by itself.</summary>
internal static class RowSteps
{
    public static Result<Flow> Filter(Pipeline pipeline, Flow rows, string text, string target = "$apply")
    {
        if (!pipeline.Binder.Filter(rows.Shape, text, target).Succeeded(out var bound, out var error))
        {
            return error;
        }
        var scope = new StepScope(pipeline, rows);
        var kept = rows.SomeFrom(scope.RowByRow("r.*", scope.Expressions(bound.Aliases).Filter(bound.Value)));
        return OneOutcome.IsFixedBy(bound) ? kept with { Shape = kept.Shape with { HasOneOutcome = true } } : kept;
    }

    public static Result<Flow> Search(Pipeline pipeline, Flow rows, string text, string target = "$apply")
    {
        if (!pipeline.Binder.Search(rows.Shape, text, target).Succeeded(out var bound, out var error))
        {
            return error;
        }
        var scope = new StepScope(pipeline, rows);
        return rows.SomeFrom(scope.RowByRow("r.*", new SearchSql(pipeline.Sql.Parameters, scope.Texts).Write(bound.Value)));
    }

    public static Result<Flow> Compute(Pipeline pipeline, Flow rows, string text, string target = "$apply")
    {
        if (!pipeline.Binder.Compute(rows.Shape, text, target).Succeeded(out var bound, out var error))
        {
            return error;
        }
        var (scope, computed) = (new StepScope(pipeline, rows), new List<PipelineProperty>());
        foreach (var item in bound.Value)
        {
            if (Aliases.Problem(item.Alias, rows, rows.Shape.Properties.Concat(computed)) is { } taken)
            {
                return taken with { Target = target };
            }
            if (PipelineTypes.Of(item.Expression.TypeReference) is not { } type)
            {
                return ApplyError.Bad($"{item.Alias} has no type that a property can have.") with { Target = target };
            }
            var column = scope.Add($"CAST({scope.Expressions(bound.Aliases).Value(item.Expression)} AS {ConstantSql.SqlType(type)})");
            computed.Add(new PipelineProperty(rows.Shape.Type, item.Alias, type, column, isDeclared: false) { Pieces = TextPieces.Of(item.Expression, bound.Aliases) });
        }
        return rows.From(scope.Widened()) with { Shape = rows.Shape.With(computed) };
    }
}
