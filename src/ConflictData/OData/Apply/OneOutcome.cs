using Microsoft.OData.UriParser;

namespace ConflictData.OData;

/// <summary>Tells whether a filter leaves rows of one Outcome only: killed and displaced are never added.</summary>
internal static class OneOutcome
{
    public const string Property = "Outcome";

    public static bool IsFixedBy(BoundStep<SingleValueNode> filter) => IsFixedBy(filter.Value, filter.Aliases);

    private static bool IsFixedBy(SingleValueNode node, IReadOnlyDictionary<string, SingleValueNode> aliases) => node switch
    {
        ConvertNode convert => IsFixedBy(convert.Source, aliases),
        BinaryOperatorNode { OperatorKind: BinaryOperatorKind.And } and => IsFixedBy(and.Left, aliases) || IsFixedBy(and.Right, aliases),
        BinaryOperatorNode { OperatorKind: BinaryOperatorKind.Or } or => false,
        BinaryOperatorNode { OperatorKind: BinaryOperatorKind.Equal } equal =>
            IsOutcome(equal.Left) && IsValue(equal.Right, aliases) || IsOutcome(equal.Right) && IsValue(equal.Left, aliases),
        SingleValueFunctionCallNode { Name: ListFunction.Name } list => ListFunction.CountOf(list) == 1 && IsOutcome(ListFunction.ValueOf(list)),
        _ => false,
    };

    private static bool IsOutcome(SingleValueNode node) => node switch
    {
        ConvertNode convert => IsOutcome(convert.Source),
        SingleValuePropertyAccessNode property => property is { Property.Name: Property, Source: ResourceRangeVariableReferenceNode },
        _ => false,
    };

    private static bool IsValue(SingleValueNode node, IReadOnlyDictionary<string, SingleValueNode> aliases) => node switch
    {
        ConvertNode convert => IsValue(convert.Source, aliases),
        ConstantNode constant => constant.Value is not null,
        ParameterAliasNode alias => aliases.GetValueOrDefault(alias.Alias) is { } value && IsValue(value, aliases),
        _ => false,
    };
}
