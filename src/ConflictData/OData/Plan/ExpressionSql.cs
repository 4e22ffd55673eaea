using System.Diagnostics;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace ConflictData.OData;

/// <summary>
/// Writes a bound expression as SQL. It must have passed <see cref="ExpressionCheck"/>.
/// <para>
/// Null is as in OData 4.01 part 2, 5.1.1.1: eq and ne take null as a value; gt, ge, lt, le with a null are false;
/// and, or, not are three-valued, and what a function makes of a null argument is null. A filter keeps a row only where
/// it is true (part 1, 11.2.6.1), so until a not or a comparison of truth values looks at the difference, the engine's
/// null may stand for false, and comparisons stay in the form that scans fastest. Where the difference shows
/// (<c>exact</c>), comparisons are made two-valued.
/// </para>
/// </summary>
/// <param name="parameters">Takes the literals.</param>
/// <param name="aliases">The values of parameter aliases.</param>
/// <param name="scope">The rows that the expression is about.</param>
/// <param name="mayOverflow">
/// True where a whole number that leaves its range is null, as a $compute has it; else the engine refuses the query, so that no
/// row is left out of a filter or a sum without a word.
/// </param>
internal sealed partial class ExpressionSql(
    SqlParameters parameters, IReadOnlyDictionary<string, SingleValueNode> aliases, TableScope scope, bool mayOverflow = false)
{
    /// <summary>A filter: true keeps the row.</summary>
    public string Filter(SingleValueNode node) => Condition(node, exact: false);

    /// <summary>An expression for its value, such as a sort key.</summary>
    public string Value(SingleValueNode node) => node switch
    {
        ConstantNode { Value: null } => "NULL",
        // What is reckoned from nulls alone has no type.
        BinaryOperatorNode { OperatorKind: >= BinaryOperatorKind.Add, TypeReference: null } or UnaryOperatorNode { OperatorKind: UnaryOperatorKind.Negate, TypeReference: null } => "NULL",
        ConstantNode time when ConstantSql.SqlType(time.TypeReference) == "TIME" => $"CAST({parameters.Add(ConstantSql.ToEngine(time)!)} AS TIME)",
        ConstantNode constant => parameters.Add(ConstantSql.ToEngine(constant)!),
        ConvertNode convert => Converted(convert),
        ParameterAliasNode alias => aliases.TryGetValue(alias.Alias, out var value) && value is not null ? Value(value) : "NULL",
        SingleValuePropertyAccessNode { Property: ComputedProperty computed } =>
            mayOverflow ? Value(computed.Expression) : new ExpressionSql(parameters, aliases, scope, mayOverflow: true).Value(computed.Expression),
        SingleValuePropertyAccessNode property => Column(property),
        SingleNavigationNode record => TableOf(record).Column("Id"),
        CountNode count => CountOf(count),
        UnaryOperatorNode { OperatorKind: UnaryOperatorKind.Negate } negate => Arithmetic(negate.TypeReference, "0", "-", Value(negate.Operand)),
        SingleValueFunctionCallNode { Name: "cast" } cast => Cast(cast),
        SingleValueFunctionCallNode { Name: "isof" } test => IsOf(test),
        SingleValueFunctionCallNode { Name: ListFunction.Name } list => Condition(list, exact: true),
        SingleValueFunctionCallNode { Name: "substring" } cut => Substring([.. cut.Parameters.Cast<SingleValueNode>()]),
        SingleValueFunctionCallNode { Name: CaseFunction.Name } cases => Case([.. cases.Parameters.Cast<SingleValueNode>()]),
        SingleValueFunctionCallNode call when OfLocalTime(call) is { } part => part,
        SingleValueFunctionCallNode call => FunctionSql.Write(call.Name, [.. call.Parameters.Cast<SingleValueNode>().Select(Value)]),
        BinaryOperatorNode { OperatorKind: >= BinaryOperatorKind.Add and <= BinaryOperatorKind.Modulo } binary => Calculation(binary),
        _ => Condition(node, exact: true),
    };

    /// <summary>True where the value differs from row to row.</summary>
    public bool ReadsColumn(QueryNode node) => node switch
    {
        SingleValuePropertyAccessNode { Property: ComputedProperty computed } => ReadsColumn(computed.Expression),
        SingleValuePropertyAccessNode or SingleNavigationNode or CountNode or LambdaNode => true,
        ConvertNode convert => ReadsColumn(convert.Source),
        ParameterAliasNode alias => aliases.TryGetValue(alias.Alias, out var value) && value is not null && ReadsColumn(value),
        UnaryOperatorNode unary => ReadsColumn(unary.Operand),
        BinaryOperatorNode binary => ReadsColumn(binary.Left) || ReadsColumn(binary.Right),
        SingleValueFunctionCallNode call => call.Parameters.Any(ReadsColumn),
        _ => false,
    };

    private string Condition(SingleValueNode node, bool exact) => node switch
    {
        BinaryOperatorNode { OperatorKind: BinaryOperatorKind.And } and => $"({Condition(and.Left, exact)} AND {Condition(and.Right, exact)})",
        BinaryOperatorNode { OperatorKind: BinaryOperatorKind.Or } or => $"({Condition(or.Left, exact)} OR {Condition(or.Right, exact)})",
        BinaryOperatorNode { OperatorKind: BinaryOperatorKind.Equal } equal => Equal(equal, exact),
        BinaryOperatorNode { OperatorKind: BinaryOperatorKind.NotEqual } unequal => Unequal(unequal),
        BinaryOperatorNode compare when OrderOf(compare.OperatorKind) is { } symbol =>
            TwoValued($"{Comparable(compare.Left)} {symbol} {Comparable(compare.Right)}", exact),
        UnaryOperatorNode { OperatorKind: UnaryOperatorKind.Not } not => $"(NOT {Condition(not.Operand, exact: true)})",
        SingleValueFunctionCallNode { Name: ListFunction.Name } list => In(list, exact),
        LambdaNode lambda => Lambda(lambda),
        ConvertNode { Source: BinaryOperatorNode or UnaryOperatorNode or LambdaNode or SingleValueFunctionCallNode { Name: ListFunction.Name } } convert => Condition(convert.Source, exact),
        ConstantNode or ConvertNode or ParameterAliasNode or SingleValuePropertyAccessNode
            or SingleValueFunctionCallNode => Value(node),
        _ => throw new UnreachableException($"The check let {node.Kind} through."),
    };

    private string Equal(BinaryOperatorNode node, bool exact)
    {
        if (IsNull(node.Right) || IsNull(node.Left))
        {
            return $"({Value(IsNull(node.Right) ? node.Left : node.Right)} IS NULL)";
        }
        if (MayBeNoNumber(node.Left) || MayBeNoNumber(node.Right))
        {
            return EqualNumbers(Value(node.Left), Value(node.Right));
        }
        var mayBothBeNull = Bare(node.Left) is not ConstantNode && Bare(node.Right) is not ConstantNode;
        return $"({Value(node.Left)} {(exact || mayBothBeNull ? "IS NOT DISTINCT FROM" : "=")} {Value(node.Right)})";
    }

    private string Unequal(BinaryOperatorNode node) => IsNull(node.Right) || IsNull(node.Left)
        ? $"({Value(IsNull(node.Right) ? node.Left : node.Right)} IS NOT NULL)"
        : MayBeNoNumber(node.Left) || MayBeNoNumber(node.Right) ? $"(NOT {EqualNumbers(Value(node.Left), Value(node.Right))})"
        : $"({Value(node.Left)} IS DISTINCT FROM {Value(node.Right)})";

    /// <summary>As an or of eq: a null on the left is in the list only where the list has null.</summary>
    private string In(SingleValueFunctionCallNode node, bool exact)
    {
        var list = ListFunction.Listed(node).Value!;
        if (list.Count == 0)
        {
            return "FALSE";
        }
        var left = Value(ListFunction.ValueOf(node));
        var values = list.Where(item => item.Value is not null).Select(item => Value(item)).ToArray();
        var among = values.Length > 0 ? TwoValued($"{left} IN ({string.Join(", ", values)})", exact) : "FALSE";
        return values.Length < list.Count ? $"({among} OR {left} IS NULL)" : among;
    }

    private string Converted(ConvertNode node)
    {
        if (IsNull(node))
        {
            return $"CAST(NULL AS {ConstantSql.SqlType(node.TypeReference)})";
        }
        var target = ConstantSql.SqlType(node.TypeReference);
        var source = ConstantSql.SqlType(Bare(node.Source).TypeReference);
        return target == source ? Value(node.Source) : $"CAST({Value(node.Source)} AS {target})";
    }

    private string Calculation(BinaryOperatorNode node)
    {
        var whole = ConstantSql.SqlType(node.TypeReference) == "BIGINT";
        var symbol = node.OperatorKind switch
        {
            BinaryOperatorKind.Add => "+",
            BinaryOperatorKind.Subtract => "-",
            BinaryOperatorKind.Multiply => "*",
            BinaryOperatorKind.Divide => whole ? "//" : "/",
            _ => "%",
        };
        return Arithmetic(node.TypeReference, Value(node.Left), symbol, Value(node.Right));
    }

    /// <summary>
    /// TRY is the fastest way to a null for what leaves its range, but takes no statement within it, such as a count; then the
    /// engine reckons in a type that has room for every result.
    /// </summary>
    private string Arithmetic(IEdmTypeReference type, string left, string symbol, string right) =>
        !mayOverflow || ConstantSql.SqlType(type) != "BIGINT" ? $"({left} {symbol} {right})"
        : $"{left}{right}".Contains("SELECT", StringComparison.Ordinal) ? $"TRY_CAST((CAST({left} AS HUGEINT) {symbol} {right}) AS BIGINT)"
        : $"TRY(({left} {symbol} {right}))";

    private static string TwoValued(string condition, bool exact) => exact ? $"coalesce({condition}, FALSE)" : $"({condition})";

    private static string? OrderOf(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.GreaterThan => ">",
        BinaryOperatorKind.GreaterThanOrEqual => ">=",
        BinaryOperatorKind.LessThan => "<",
        BinaryOperatorKind.LessThanOrEqual => "<=",
        _ => null,
    };

    private bool IsNull(SingleValueNode node) => Bare(node) is ConstantNode { Value: null } or ParameterAliasNode;

    /// <summary>Without conversions, and with the alias looked up; an alias without a value stays one, and is null.</summary>
    private SingleValueNode Bare(SingleValueNode node) => node switch
    {
        ConvertNode convert => Bare(convert.Source),
        ParameterAliasNode alias when aliases.TryGetValue(alias.Alias, out var value) && value is not null => Bare(value),
        _ => node,
    };
}
