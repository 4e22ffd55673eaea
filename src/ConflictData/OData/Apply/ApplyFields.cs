using ConflictData.Query;
using Microsoft.OData.Edm;

namespace ConflictData.OData;

/// <summary>
/// How the rows of an $apply look in JSON. They have no address of their own, which @odata.id says; a property that the
/// model does not declare tells its type where JSON alone does not.
/// </summary>
internal static class ApplyFields
{
    public static IReadOnlyList<JsonField> Of(Shape shape, bool controlInformation)
    {
        var (fields, next) = (new List<JsonField>(), 1);
        foreach (var property in shape.Properties)
        {
            var columns = property.Columns.Count();
            fields.Add(property is TotalProperty ? Total(property, next, controlInformation) : Plain(property, next, controlInformation));
            next += columns;
        }
        if (controlInformation && !shape.IsRecords && fields.Count > 0)
        {
            fields[0] = fields[0] with { Before = "\"@odata.id\":null," + fields[0].Before };
        }
        return fields;
    }

    private static JsonField Plain(PipelineProperty property, int column, bool controlInformation) => new(property.Name, column)
    {
        Before = controlInformation && !property.IsDeclared && NeedsType(property.Type) ? $"\"{property.Name}@odata.type\":\"#{property.Type.PrimitiveKind()}\"," : "",
    };

    private static JsonField Total(PipelineProperty property, int column, bool controlInformation) =>
        new(property.Name, column + TotalType.Members.Index().First(item => item.Item == "Unnumbered").Index,
            [.. TotalType.Members.Select((member, index) => new JsonField(member, column + index)
            {
                Before = controlInformation && index == 0 ? $"\"@odata.type\":\"#{TotalType.Edm.FullTypeName()}\"," : "",
            })]);

    private static bool NeedsType(IEdmTypeReference type) =>
        type.PrimitiveKind() is not (EdmPrimitiveTypeKind.String or EdmPrimitiveTypeKind.Boolean or EdmPrimitiveTypeKind.Double);
}
