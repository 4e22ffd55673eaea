using ConflictData.Api;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace ConflictData.OData;

/// <summary>
/// Looks through bound expressions before any SQL is made: what is not supported is named, and what would keep the
/// engine busy beyond its own limits is refused, since it cannot be stopped quickly inside a huge expression.
/// </summary>
internal sealed partial class ExpressionCheck(IReadOnlyDictionary<string, SingleValueNode> aliases)
{
    public const int MaxNodes = 100;
    public const int MaxDepth = 50;
    public const int MaxListed = 1000;

    private int nodes;

    /// <summary>The number of nodes is counted over all expressions that one check sees.</summary>
    public ApiError? Check(QueryNode node, string option)
    {
        var error = Visit(node, 1);
        return error is null ? null : error with { Target = option };
    }

    private ApiError? Visit(QueryNode node, int depth)
    {
        if (++nodes > MaxNodes)
        {
            return TooManyNodes;
        }
        if (depth > MaxDepth)
        {
            return Bad($"An expression may be nested at most {MaxDepth} deep.");
        }
        return node switch
        {
            ConstantNode constant => Constant(constant),
            ConvertNode { Source: ConstantNode { Value: null } } => null,
            ConvertNode convert => TypeOf(convert) ?? Visit(convert.Source, depth),
            SingleValuePropertyAccessNode { Property: ComputedProperty computed } => Visit(computed.Expression, depth + 1),
            SingleValuePropertyAccessNode property => Record(property.Source),
            SingleNavigationNode record => Record(record),
            LambdaNode lambda => Lambda(lambda, depth),
            CountNode count => Count(count, depth),
            ParameterAliasNode alias => aliases.GetValueOrDefault(alias.Alias) is { } value ? Visit(value, depth + 1) : null,
            UnaryOperatorNode unary => TypeOf(unary) ?? Visit(unary.Operand, depth + 1),
            BinaryOperatorNode binary => Binary(binary) ?? Visit(binary.Left, depth + 1) ?? Visit(binary.Right, depth + 1),
            SingleValueFunctionCallNode call => Function(call, depth),
            InNode isIn => Visit(isIn.Left, depth + 1) ?? Listed(isIn),
            _ => Unsupported(NameOf(node)),
        };
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
        var dividesByZero = node.OperatorKind is BinaryOperatorKind.Divide or BinaryOperatorKind.Modulo
            && node.Right is ConstantNode { Value: 0 or 0L };
        return dividesByZero ? Bad("A number cannot be divided by zero.") : Arithmetic(node);
    }

    /// <summary>Only numbers are reckoned with; the standard also adds durations to dates.</summary>
    private static ApiError? Arithmetic(BinaryOperatorNode node) => node.OperatorKind < BinaryOperatorKind.Add
        || node.TypeReference is null || ConstantSql.SqlType(node.TypeReference) is "BIGINT" or "DOUBLE"
            ? null
            : Unsupported("arithmetic with dates and durations");

    private ApiError? Function(SingleValueFunctionCallNode call, int depth)
    {
        if (call.Name == "cast")
        {
            return TypeOf(call) ?? (call.Parameters.First() is SingleValueNode value && call.Parameters.Count() == 2 ? Visit(value, depth + 1) : Unsupported("cast of a record"));
        }
        if (!FunctionSql.Knows(call.Name))
        {
            return Unsupported($"the function {call.Name}");
        }
        foreach (var argument in call.Parameters)
        {
            if (Visit(argument, depth + 1) is { } error)
            {
                return error;
            }
        }
        return call.Name == "matchesPattern" ? Pattern(call.Parameters.Last()) : null;
    }

    private static ApiError? Pattern(QueryNode node) => node is ConstantNode { Value: string }
        ? null
        : Unsupported("matchesPattern with a pattern that is not a literal");

    private static ApiError? Listed(InNode node)
    {
        if (node.Right is not CollectionConstantNode list)
        {
            return Unsupported("in with anything but a list of literals");
        }
        if (list.Collection.Count > MaxListed)
        {
            return Bad($"A list after in may have at most {MaxListed} values.");
        }
        // The library rounds 1.5 to 2 where the left side is a whole number.
        var whole = ConstantSql.SqlType(node.Left.TypeReference) == "BIGINT";
        return whole && list.LiteralText?.AsSpan().IndexOfAny(".eE") >= 0
            ? Bad("A list after in must hold whole numbers where the left side is one.")
            : list.Collection.Select(Constant).FirstOrDefault(error => error is not null);
    }

    private static string NameOf(QueryNode node) => node switch
    {
        CountVirtualPropertyNode => "$count in an expression",
        _ => $"an expression of the kind {node.Kind}",
    };

    private static ApiError TooManyNodes => Bad($"The expressions of one query may have at most {MaxNodes} parts.");

    private static ApiError Bad(string detail) => new(ErrorCode.BadQuery, detail);

    private static ApiError Unsupported(string what) => new(ErrorCode.NotSupported, $"This service does not support {what}.");
}
