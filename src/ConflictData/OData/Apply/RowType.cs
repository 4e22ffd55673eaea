using ConflictData.Datasets;
using Microsoft.OData.Edm;

namespace ConflictData.OData;

/// <summary>
/// The type that a step's expressions are bound against. While rows are records it is the set's own with what was computed, so
/// that ways to other records are known; then only what the rows have, with an object for each way that their paths go.
/// </summary>
internal static class RowType
{
    private const string Name = "Row";

    public static IEdmEntityType Of(Dataset dataset, IReadOnlyList<PipelineProperty> properties, bool isRecords)
    {
        var row = isRecords ? new EdmEntityType(ODataModel.Namespace, Name, ODataModel.TypeOf(dataset)) : new(ODataModel.Namespace, Name);
        var objects = new Dictionary<string, EdmStructuredType> { [""] = row };
        // The set's own type has what is declared, and leads to what related records have.
        foreach (var property in properties.Where(property => !isRecords || !property.IsDeclared))
        {
            var owner = Owner(objects, property.Path[..Math.Max(property.Path.LastIndexOf('/'), 0)]);
            owner.AddProperty(property.For(owner));
        }
        return row;
    }

    private static EdmStructuredType Owner(Dictionary<string, EdmStructuredType> objects, string path)
    {
        if (!objects.TryGetValue(path, out var known))
        {
            var outer = Owner(objects, path[..Math.Max(path.LastIndexOf('/'), 0)]);
            var type = new EdmComplexType(ODataModel.Namespace, $"{Name}/{path}".Replace('/', '_'));
            outer.AddStructuralProperty(path[(path.LastIndexOf('/') + 1)..], new EdmComplexTypeReference(type, isNullable: true));
            objects.Add(path, known = type);
        }
        return known;
    }
}
