using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace ConflictData.OData;

/// <summary>
/// The values that an aggregate is made of, as a column beside the rows, and what is made of them; null is no value. As the
/// standard has it, the property of related records counts once for each such record, however many rows refer to it. That
/// makes a difference to sums and averages alone.
/// </summary>
internal sealed class AggregatedValues
{
    private readonly string value;
    private readonly string? record;

    public AggregatedValues(BoundStep<SingleValueNode> bound, StepScope scope)
    {
        var expressions = scope.Expressions(bound.Aliases);
        value = scope.Add(expressions.Value(bound.Value));
        record = bound.Value is SingleValuePropertyAccessNode { Source: SingleNavigationNode related } ? scope.Add(expressions.Value(related)) : null;
    }

    public string CountDistinct => $"count(DISTINCT {value})";

    public string Min => $"min({value})";

    public string Max => $"max({value})";

    public string Sum(IEdmTypeReference type) => record is null ? $"{(IsWhole(type) ? "sum" : "fsum")}({value})" : $"list_sum({OfEachRecord})";

    public string Average(IEdmTypeReference type) => record is null ? $"{(IsWhole(type) ? "avg" : "favg")}({value})" : $"list_avg({OfEachRecord})";

    /// <summary>In the order of the records, since sums of fractions depend on it.</summary>
    private string OfEachRecord =>
        $"list_transform(list_sort(list(DISTINCT {{'record': {record}, 'value': {value}}}) FILTER (WHERE {value} IS NOT NULL)), lambda item: item.value)";

    private static bool IsWhole(IEdmTypeReference type) => ConstantSql.SqlType(type) == "BIGINT";
}
