using Microsoft.OData.Edm;

namespace ConflictData.OData;

/// <summary>The types of computed and aggregated values: whole numbers are Int64, all others Double.</summary>
internal static class PipelineTypes
{
    public static IEdmTypeReference Whole { get; } = Of(EdmPrimitiveTypeKind.Int64);

    public static IEdmTypeReference Real { get; } = Of(EdmPrimitiveTypeKind.Double);

    /// <summary>The type that a value of an expression gets; null for one that no property can have.</summary>
    public static IEdmTypeReference? Of(IEdmTypeReference? expression) => ConstantSql.SqlType(expression) switch
    {
        "VARCHAR" => Of(EdmPrimitiveTypeKind.String),
        "BOOLEAN" => Of(EdmPrimitiveTypeKind.Boolean),
        "DATE" => Of(EdmPrimitiveTypeKind.Date),
        "TIMESTAMP" => Of(EdmPrimitiveTypeKind.DateTimeOffset),
        "BIGINT" => Whole,
        "DOUBLE" => Real,
        _ => null,
    };

    public static bool IsNumber(IEdmTypeReference type) => ConstantSql.SqlType(type) is "BIGINT" or "DOUBLE";

    private static IEdmPrimitiveTypeReference Of(EdmPrimitiveTypeKind kind) => EdmCoreModel.Instance.GetPrimitive(kind, isNullable: true);
}
