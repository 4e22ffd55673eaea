using ConflictData.Api;
using Microsoft.OData.UriParser;

namespace ConflictData.OData;

/// <content>Expressions that lead to other records.</content>
internal sealed partial class ExpressionCheck
{
    private int lambdas;

    /// <summary>Every step is a join, so it counts as a node.</summary>
    private ApiError? Record(SingleValueNode? node, int steps = 0) => node switch
    {
        null or ResourceRangeVariableReferenceNode or SingleComplexNode => null,
        SingleNavigationNode when ++nodes > limits.MaxExpressionParts => ExpressionErrors.TooManyParts(limits),
        SingleNavigationNode when steps == limits.MaxPathSteps => Bad($"A path may go at most {limits.MaxPathSteps} steps from record to record."),
        SingleNavigationNode navigation => Record(navigation.Source, steps + 1),
        _ => Unsupported(NameOf(node)),
    };

    private ApiError? Lambda(LambdaNode node, int depth) => Collection(node.Source, depth, node.CurrentRangeVariable is null ? null : node.Body);

    private ApiError? Count(CountNode node, int depth) => Collection(node.Source, depth, node.FilterClause?.Expression, node.SearchClause?.Expression);

    private ApiError? Collection(CollectionNode source, int depth, params ReadOnlySpan<SingleValueNode?> bodies)
    {
        if (source is not CollectionNavigationNode navigation)
        {
            return Unsupported($"a collection of the kind {source.Kind} in an expression");
        }
        if (lambdas == limits.MaxNestedCollections)
        {
            return Bad($"any, all and $count may be nested at most {limits.MaxNestedCollections} deep. Begin the query at a set nearer to what the innermost one looks at.");
        }
        lambdas++;
        var error = Record(navigation.Source);
        foreach (var body in bodies)
        {
            error ??= body is null ? null : Visit(body, depth + 1);
        }
        lambdas--;
        return error;
    }
}
