using ConflictData.Datasets;
using Microsoft.OData.UriParser;

namespace ConflictData.OData;

/// <summary>A column that rows are sorted by, null before every value.</summary>
internal sealed record SortKey(Column Column, bool Descending)
{
    /// <summary>The column that an expression is; null where it is something else, or has values without an order of their own.</summary>
    public static Column? ColumnOf(Dataset dataset, SingleValueNode key) =>
        key is SingleValuePropertyAccessNode { Source: ResourceRangeVariableReferenceNode, Property: not ComputedProperty and var property }
            && dataset.Columns.FirstOrDefault(column => column.Name == property.Name) is { Type: not ColumnType.Number } column ? column : null;
}
