using System.Globalization;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace ConflictData.OData;

/// <content>Functions whose SQL depends on more than that of their arguments, and numbers that are none.</content>
internal sealed partial class ExpressionSql
{
    private string Cast(SingleValueFunctionCallNode node)
    {
        var value = (SingleValueNode)node.Parameters.First();
        return CastSql.Write(() => Value(value), ConstantSql.SqlType(Bare(value).TypeReference), node.TypeReference);
    }

    /// <summary>A value is of the type that it is declared with; null is of none.</summary>
    private string IsOf(SingleValueFunctionCallNode node)
    {
        var value = (SingleValueNode)node.Parameters.First();
        var type = ((ConstantNode)node.Parameters.Last()).Value?.ToString();
        return Bare(value).TypeReference?.FullName() == type || type == "Edm.PrimitiveType" ? $"({Value(value)} IS NOT NULL)" : "FALSE";
    }

    /// <summary>
    /// A part of an instant that is written out is that in its own offset; the engine's instants are all in UTC. Null for all else.
    /// </summary>
    private string? OfLocalTime(SingleValueFunctionCallNode node)
    {
        if (!FunctionSql.IsPartOfInstant(node.Name) || Bare((SingleValueNode)node.Parameters.First()) is not ConstantNode { Value: DateTimeOffset instant })
        {
            return null;
        }
        return node.Name == "totaloffsetminutes"
            ? parameters.Add((long)instant.Offset.TotalMinutes)
            : FunctionSql.Write(node.Name, [parameters.Add(new DateTimeOffset(instant.DateTime, TimeSpan.Zero))]);
    }

    /// <summary>The result behind the first condition that is true; null where none is.</summary>
    private string Case(SingleValueNode[] pairs) =>
        $"CASE {string.Join(' ', pairs.Chunk(2).Select(pair => $"WHEN {Condition(pair[0], exact: false)} THEN {Value(pair[1])}"))} END";

    /// <summary>
    /// From a position counted from 0, or, where it is negative, that many characters before the end; one before the start
    /// means the start. A lambda keeps its arguments, however large, from being written twice.
    /// </summary>
    private string Substring(SingleValueNode[] arguments)
    {
        var text = Value(arguments[0]);
        var length = arguments.Length == 3 ? $"greatest({Value(arguments[2])}, 0)" : null;
        if (Bare(arguments[1]) is ConstantNode { Value: int start })
        {
            var position = parameters.Add((long)Math.Abs((long)start));
            return start >= 0 ? $"substring({text}, {position} + 1{(length is null ? "" : ", " + length)})"
                : length is null ? $"right({text}, {position})"
                : $"left(right({text}, {position}), {length})";
        }
        var from = string.Create(CultureInfo.InvariantCulture, $"CASE WHEN x.n < 0 THEN greatest(length(x.s) + x.n, 0) ELSE x.n END + 1");
        return $"list_transform([{{'s': {text}, 'n': {Value(arguments[1])}, 'm': {length ?? "NULL"}}}], lambda x: substring(x.s, {from}{(length is null ? "" : ", x.m")}))[1]";
    }

    /// <summary>The engine holds NaN to be equal to itself and greater than all else; by the standard it is neither.</summary>
    private string Comparable(SingleValueNode node) => MayBeNoNumber(node) ? $"nullif({Value(node)}, 'NaN'::DOUBLE)" : Value(node);

    private static string EqualNumbers(string left, string right) =>
        $"list_transform([{{'a': {left}::DOUBLE, 'b': {right}::DOUBLE}}], lambda x: x.a IS NOT DISTINCT FROM x.b AND NOT coalesce(isnan(x.a), FALSE))[1]";

    /// <summary>True for what is reckoned with numbers that need not be whole, such as a division by zero. No column is NaN.</summary>
    private bool MayBeNoNumber(SingleValueNode node) => ConstantSql.SqlType(node.TypeReference) == "DOUBLE" && Bare(node) switch
    {
        BinaryOperatorNode => true,
        ConstantNode constant => constant.Value is double.NaN or float.NaN,
        SingleValueFunctionCallNode { Name: "cast" } cast when ConstantSql.SqlType(Bare((SingleValueNode)cast.Parameters.First()).TypeReference) == "VARCHAR" => true,
        UnaryOperatorNode negate => MayBeNoNumber(negate.Operand),
        SingleValuePropertyAccessNode { Property: ComputedProperty computed } => MayBeNoNumber(computed.Expression),
        SingleValueFunctionCallNode call => call.Parameters.OfType<SingleValueNode>().Any(MayBeNoNumber),
        _ => false,
    };
}
