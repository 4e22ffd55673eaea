using System.Collections.ObjectModel;
using ConflictData.Api;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace ConflictData.OData;

/// <summary>
/// Looks through bound expressions before any SQL is made: what is not supported is named, and what would keep the
/// engine busy beyond its own limits is refused, since it cannot be stopped quickly inside a huge expression.
/// </summary>
internal sealed partial class ExpressionCheck(Settings limits)
{
    private IReadOnlyDictionary<string, SingleValueNode> aliases = ReadOnlyDictionary<string, SingleValueNode>.Empty;
    private int nodes;

    /// <summary>The number of nodes is counted over all expressions that one check sees.</summary>
    public ApiError? Check(QueryNode node, IReadOnlyDictionary<string, SingleValueNode> values, string option)
    {
        aliases = values;
        var error = Visit(node, 1);
        return error is null ? null : error with { Target = option };
    }

    private ApiError? Visit(QueryNode node, int depth)
    {
        if (++nodes > limits.MaxExpressionParts)
        {
            return ExpressionErrors.TooManyParts(limits);
        }
        if (depth > limits.MaxExpressionDepth)
        {
            return ExpressionErrors.TooDeep(limits);
        }
        return node switch
        {
            ConstantNode constant => Constant(constant),
            ConvertNode { Source: ConstantNode { Value: null } } => null,
            ConvertNode convert => TypeOf(convert) ?? Visit(convert.Source, depth),
            SingleValuePropertyAccessNode { Property: ComputedProperty computed } => Visit(computed.Expression, depth + 1),
            SingleValuePropertyAccessNode property => Pieces(property) ?? Record(property.Source),
            SingleNavigationNode record => Record(record),
            LambdaNode lambda => Lambda(lambda, depth),
            CountNode count => Count(count, depth),
            ParameterAliasNode alias => aliases.GetValueOrDefault(alias.Alias) is { } value ? Visit(value, depth + 1) : null,
            UnaryOperatorNode unary => TypeOf(unary) ?? Visit(unary.Operand, depth + 1),
            // A chain of and or or is as deep as one.
            BinaryOperatorNode { OperatorKind: BinaryOperatorKind.And or BinaryOperatorKind.Or } chain => Visit(chain.Left, IsLink(chain) ? depth : depth + 1) ?? Visit(chain.Right, depth + 1),
            BinaryOperatorNode binary => Binary(binary) ?? Visit(binary.Left, depth + 1) ?? Visit(binary.Right, depth + 1),
            SingleValueFunctionCallNode call => Function(call, depth),
            SearchTermNode => null,
            _ => Unsupported(NameOf(node)),
        };
    }

    private static bool IsLink(BinaryOperatorNode chain)
    {
        var left = chain.Left is ConvertNode convert ? convert.Source : chain.Left;
        return left is BinaryOperatorNode before && before.OperatorKind == chain.OperatorKind;
    }

    private static ApiError? Constant(ConstantNode node) => node.Value is null || ConstantSql.ToEngine(node) is not null
        ? null
        : Unsupported($"the literal {node.LiteralText}");

    private static ApiError? TypeOf(SingleValueNode node) => node.TypeReference is null || ConstantSql.SqlType(node.TypeReference) is not null
        ? null
        : Unsupported($"the type {node.TypeReference.FullName()}");

    private static ApiError? Binary(BinaryOperatorNode node)
    {
        if (node.OperatorKind == BinaryOperatorKind.Has)
        {
            return Unsupported("the operator has");
        }
        return DividesByZero(node) ? Bad("A whole number cannot be divided by zero.") : Arithmetic(node);
    }

    /// <summary>A number that need not be whole can: the quotient is INF, -INF or NaN.</summary>
    private static bool DividesByZero(BinaryOperatorNode node) => node.Right is ConstantNode { Value: 0 or 0L or 0f or 0d }
        && (node.OperatorKind == BinaryOperatorKind.Modulo || (node.OperatorKind == BinaryOperatorKind.Divide && ConstantSql.SqlType(node.TypeReference) == "BIGINT"));

    /// <summary>Only numbers are reckoned with; the standard also adds durations to dates.</summary>
    private static ApiError? Arithmetic(BinaryOperatorNode node) => node.OperatorKind < BinaryOperatorKind.Add
        || node.TypeReference is null || ConstantSql.SqlType(node.TypeReference) is "BIGINT" or "DOUBLE"
            ? null
            : Unsupported("arithmetic with dates and durations");

    private ApiError? Function(SingleValueFunctionCallNode call, int depth)
    {
        if (call.Name == ListFunction.Name)
        {
            return Visit(ListFunction.ValueOf(call), depth + 1) ?? Listed(call);
        }
        if (call.Name == "isof")
        {
            return call.Parameters.First() is SingleValueNode tested and not (SingleResourceNode or SingleNavigationNode) && call.Parameters.Count() == 2 ? Visit(tested, depth + 1) : Unsupported("isof of a record");
        }
        if (call.Name == "cast")
        {
            return TypeOf(call) ?? (call.Parameters.First() is SingleValueNode value && call.Parameters.Count() == 2 ? Visit(value, depth + 1) : Unsupported("cast of a record"));
        }
        if (!FunctionSql.Knows(call.Name))
        {
            return Unsupported(call.Name == "now" ? "the function now, since an answer of a release is the same whenever it is read" : $"the function {call.Name}");
        }
        foreach (var argument in call.Parameters)
        {
            if (Visit(argument, depth + 1) is { } error)
            {
                return error;
            }
        }
        return call.Name switch
        {
            "matchesPattern" => Pattern(call.Parameters.Last()),
            "substring" when call.Parameters.ElementAtOrDefault(2) is ConstantNode { Value: int and < 0 } => Bad("The length that substring takes cannot be negative."),
            _ => null,
        };
    }

    private static ApiError? Pattern(QueryNode node) => node is ConstantNode { Value: string }
        ? null
        : Unsupported("matchesPattern with a pattern that is not a literal");

    /// <summary>A text that was put together of others counts as they do, so that no chain of steps can double it again and again.</summary>
    private ApiError? Pieces(SingleValuePropertyAccessNode node)
    {
        nodes += node.Property is PipelineProperty property ? property.Pieces - 1 : 0;
        return nodes > limits.MaxExpressionParts ? ExpressionErrors.TooManyParts(limits) : null;
    }

    private ApiError? Listed(SingleValueFunctionCallNode call) => ListFunction.CountOf(call) is var count && count > limits.MaxListedValues
        ? Bad($"A list after in may have at most {limits.MaxListedValues} values; this one has {count}. Ask in several queries.")
        : ListFunction.Listed(call).Succeeded(out _, out var error) ? null : error;

    private static string NameOf(QueryNode node) => node switch
    {
        CountVirtualPropertyNode => "$count in an expression",
        RootPathNode => "a path that begins with $root",
        _ => $"an expression of the kind {node.Kind}",
    };

    private static ApiError Bad(string detail) => new(ErrorCode.BadQuery, detail);

    private static ApiError Unsupported(string what) => ExpressionErrors.Unsupported(what);
}
