using ConflictData.Datasets;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace ConflictData.OData;

/// <summary>A property that $compute adds to the records of one query.</summary>
internal sealed class ComputedProperty(IEdmStructuredType type, string name, IEdmTypeReference valueType, SingleValueNode expression)
    : EdmStructuralProperty(type, name, valueType)
{
    /// <summary>What it is computed by.</summary>
    public SingleValueNode Expression => expression;

    public Column Column { get; } = new()
    {
        Name = name,
        Ordinal = int.MaxValue,
        Type = TypeOf(expression.TypeReference)!.Value,
        Title = name,
        Description = name,
    };

    /// <summary>The type of a column for such values; null where there is none.</summary>
    public static ColumnType? TypeOf(IEdmTypeReference? type) => ConstantSql.SqlType(type) switch
    {
        "VARCHAR" => ColumnType.String,
        "BIGINT" => ColumnType.Integer,
        "DOUBLE" => ColumnType.Number,
        "BOOLEAN" => ColumnType.Boolean,
        "DATE" => ColumnType.Date,
        "TIMESTAMP" => ColumnType.Instant,
        _ => null,
    };
}
