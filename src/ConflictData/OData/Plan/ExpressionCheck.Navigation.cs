using ConflictData.Api;
using Microsoft.OData.UriParser;

namespace ConflictData.OData;

/// <content>Expressions that lead to other records.</content>
internal sealed partial class ExpressionCheck
{
    /// <summary>Most any, all and $count within each other.</summary>
    public const int MaxLambdas = 3;

    /// <summary>Most steps from record to record in one path.</summary>
    public const int MaxSteps = 5;

    private int lambdas;

    /// <summary>Every step is a join, so it counts as a node.</summary>
    private ApiError? Record(SingleValueNode? node, int steps = 0) => node switch
    {
        null or ResourceRangeVariableReferenceNode or SingleComplexNode => null,
        SingleNavigationNode when ++nodes > MaxNodes => TooManyNodes,
        SingleNavigationNode when steps == MaxSteps => Bad($"A path may go at most {MaxSteps} steps from record to record."),
        SingleNavigationNode navigation => Record(navigation.Source, steps + 1),
        _ => Unsupported(NameOf(node)),
    };

    private ApiError? Lambda(LambdaNode node, int depth) => Collection(node.Source, node.CurrentRangeVariable is null ? null : node.Body, depth);

    private ApiError? Count(CountNode node, int depth) => node.SearchClause is null
        ? Collection(node.Source, node.FilterClause?.Expression, depth)
        : Unsupported("$search within an expression");

    private ApiError? Collection(CollectionNode source, SingleValueNode? body, int depth)
    {
        if (source is not CollectionNavigationNode navigation)
        {
            return Unsupported($"a collection of the kind {source.Kind} in an expression");
        }
        if (lambdas == MaxLambdas)
        {
            return Bad($"any, all and $count may be nested at most {MaxLambdas} deep.");
        }
        lambdas++;
        var error = Record(navigation.Source) ?? (body is null ? null : Visit(body, depth + 1));
        lambdas--;
        return error;
    }
}
