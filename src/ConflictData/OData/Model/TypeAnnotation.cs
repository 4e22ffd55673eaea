using ConflictData.Datasets;
using Microsoft.OData.Edm;

namespace ConflictData.OData;

/// <summary>What full metadata says of types.</summary>
internal static class TypeAnnotation
{
    /// <summary>The annotation of a value; null for a string or a truth value, which is one by its looks. 4.01 leaves the # away before the standard's own types.</summary>
    public static string? Of(EdmPrimitiveTypeKind kind, string version) =>
        kind is EdmPrimitiveTypeKind.String or EdmPrimitiveTypeKind.Boolean ? null : (version == "4.0" ? "#" : "") + kind;

    public static string? Of(ColumnType type, string version) => Of(ODataModel.KindOf(type), version);

    /// <summary>The annotation of a record.</summary>
    public static string Of(Dataset dataset) => $"#{ODataModel.TypeOf(dataset).FullName()}";
}
