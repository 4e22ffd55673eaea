using ConflictData.Datasets;
using ConflictData.Query;
using Microsoft.OData.UriParser;

namespace ConflictData.OData;

/// <summary>
/// Reads a bound filter as a condition that rows can be counted by without a query: comparisons of the records' own columns with literals,
/// joined by and and or. Whatever else there is, the engine counts.
/// </summary>
internal static class TallyFilter
{
    private static readonly DateOnly FirstDay = new(1970, 1, 1);

    /// <summary>The condition; null where the filter is none of the kind.</summary>
    public static TallyCondition? Of(Dataset dataset, SingleValueNode? filter) => filter switch
    {
        null => new TallyAll(),
        ConvertNode { Source: BinaryOperatorNode or SingleValueFunctionCallNode } convert => Of(dataset, convert.Source),
        BinaryOperatorNode { OperatorKind: BinaryOperatorKind.And } and => Both(dataset, and, (a, b) => new TallyAll(a, b)),
        BinaryOperatorNode { OperatorKind: BinaryOperatorKind.Or } or => Both(dataset, or, (a, b) => new TallyAny(a, b)),
        BinaryOperatorNode compare when ColumnOf(dataset, compare.Left) is { } column && Literal(compare.Right) is { } value => Compared(column, compare.OperatorKind, value),
        SingleValueFunctionCallNode { Name: ListFunction.Name } list when ColumnOf(dataset, ListFunction.ValueOf(list)) is { } column => Among(column, list),
        _ => null,
    };

    private static TallyCondition? Both(Dataset dataset, BinaryOperatorNode node, Func<TallyCondition, TallyCondition, TallyCondition> join) =>
        Of(dataset, node.Left) is { } left && Of(dataset, node.Right) is { } right ? join(left, right) : null;

    private static TallyAny? Among(Column column, SingleValueFunctionCallNode list)
    {
        TallyCondition?[] parts = [.. ListFunction.Listed(list).Value!.Select(item => Compared(column, BinaryOperatorKind.Equal, item))];
        return parts.All(part => part is not null) ? new TallyAny([.. parts.Select(part => part!)]) : null;
    }

    private static TallyCondition? Compared(Column column, BinaryOperatorKind kind, ConstantNode literal) => kind switch
    {
        BinaryOperatorKind.Equal => literal.Value is null ? new TallyNull(column) : Equal(column, ConstantSql.ToEngine(literal)),
        BinaryOperatorKind.NotEqual => Compared(column, BinaryOperatorKind.Equal, literal) is { } equal ? new TallyNot(equal) : null,
        _ when literal.Value is null => null,
        BinaryOperatorKind.GreaterThan => Number(column, literal) is < long.MaxValue and var number ? new TallyRange(column, number + 1, long.MaxValue) : null,
        BinaryOperatorKind.GreaterThanOrEqual => Number(column, literal) is { } number ? new TallyRange(column, number, long.MaxValue) : null,
        BinaryOperatorKind.LessThan => Number(column, literal) is > long.MinValue and var number ? new TallyRange(column, long.MinValue, number - 1) : null,
        BinaryOperatorKind.LessThanOrEqual => Number(column, literal) is { } number ? new TallyRange(column, long.MinValue, number) : null,
        _ => null,
    };

    private static TallyCondition? Equal(Column column, object? value) => (column.Type, value) switch
    {
        (ColumnType.String, string text) => new TallyText(column, text),
        _ when Number(column, value) is { } number => new TallyRange(column, number, number),
        _ => null,
    };

    private static long? Number(Column column, ConstantNode literal) => column.Type == ColumnType.Boolean ? null : Number(column, ConstantSql.ToEngine(literal));

    private static long? Number(Column column, object? value) => (column.Type, value) switch
    {
        (ColumnType.Integer, long number) => number,
        (ColumnType.Date, DateOnly day) => day.DayNumber - FirstDay.DayNumber,
        (ColumnType.Boolean, bool truth) => truth ? 1 : 0,
        _ => null,
    };

    private static Column? ColumnOf(Dataset dataset, SingleValueNode node) => node switch
    {
        ConvertNode convert => ColumnOf(dataset, convert.Source),
        SingleValuePropertyAccessNode { Source: ResourceRangeVariableReferenceNode, Property: not ComputedProperty } property
            when dataset.Columns.FirstOrDefault(column => column.Name == property.Property.Name) is { } column && TallyColumn.Takes(column) => column,
        _ => null,
    };

    private static ConstantNode? Literal(SingleValueNode node) => node switch
    {
        ConvertNode convert => Literal(convert.Source),
        ConstantNode constant => constant,
        _ => null,
    };
}
