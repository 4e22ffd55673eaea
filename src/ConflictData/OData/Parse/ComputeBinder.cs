using ConflictData.Api;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace ConflictData.OData;

/// <summary>
/// Binds $compute first, and gives the other options a type of its own to bind to, which has the computed properties with
/// their types beside those of the records.
/// </summary>
internal static class ComputeBinder
{
    public static Result<EdmEntityType> TypeWith(IEdmEntityType type, ComputeClause clause)
    {
        var widened = new EdmEntityType(ODataModel.Namespace, "Computed" + type.Name, type);
        foreach (var item in clause.ComputedItems)
        {
            if (widened.Properties().Any(property => property.Name.Equals(item.Alias, StringComparison.OrdinalIgnoreCase)))
            {
                return Error(ErrorCode.BadQuery, $"The name {item.Alias} is taken.");
            }
            if (item.Expression is not SingleValueNode { TypeReference: not null } value)
            {
                return Error(ErrorCode.BadQuery, $"The type of {item.Alias} cannot be told from its expression.");
            }
            if (ComputedProperty.TypeOf(value.TypeReference) is not { } kind)
            {
                return Error(ErrorCode.NotSupported, $"This service does not support computed values of the type {value.TypeReference.FullName()}.");
            }
            var valueType = EdmCoreModel.Instance.GetPrimitive(ODataModel.KindOf(kind), isNullable: true);
            widened.AddProperty(new ComputedProperty(widened, item.Alias, valueType, value));
        }
        return widened;
    }

    private static ApiError Error(ErrorCode code, string detail) => new(code, detail) { Target = "$compute" };
}
