using Microsoft.OData.Edm;

namespace ConflictData.OData;

/// <summary>The type of an honest total, and the aggregation method that makes one.</summary>
internal static class TotalType
{
    /// <summary>The method, as in <c>aggregate(Count with Conflict.total as Total)</c>.</summary>
    public const string Method = "Conflict.total";

    /// <summary>What the method is applied to: the count of each record, which is no single property.</summary>
    public const string Operand = "Count";

    /// <summary>Its members, in the order of files and feeds.</summary>
    public static IReadOnlyList<string> Members { get; } = ["Low", "Best", "High", "About", "Unnumbered", "Label"];

    public static EdmComplexType Edm { get; } = Make((type, member, kind, nullable) => type.AddStructuralProperty(member, kind, nullable));

    /// <summary>The same type with members that know their columns.</summary>
    public static IEdmTypeReference Held(IReadOnlyDictionary<string, string> columns) => new EdmComplexTypeReference(
        Make((type, member, kind, nullable) => type.AddProperty(new PipelineProperty(
            type, member, EdmCoreModel.Instance.GetPrimitive(kind, nullable), columns[member], isDeclared: true))),
        isNullable: true);

    private static EdmComplexType Make(Action<EdmComplexType, string, EdmPrimitiveTypeKind, bool> add)
    {
        var type = new EdmComplexType(ODataModel.Namespace, "Total");
        foreach (var member in Members)
        {
            var isText = member == "Label";
            add(type, member, isText ? EdmPrimitiveTypeKind.String : EdmPrimitiveTypeKind.Int64, !isText && member != "Unnumbered");
        }
        return type;
    }
}
