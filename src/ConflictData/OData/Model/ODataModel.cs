using System.Collections.Frozen;
using ConflictData.Datasets;
using Microsoft.OData.Edm;

namespace ConflictData.OData;

/// <summary>The entity data model: one entity set a dataset or view, simple types only, built from the Table Schemas.</summary>
public static class ODataModel
{
    public const string Namespace = "ConflictData";

    private static readonly FrozenDictionary<IEdmEntityType, Dataset> Datasets;

    static ODataModel()
    {
        var (model, sets) = Make(new Settings());
        Datasets = sets.ToFrozenDictionary(pair => (IEdmEntityType)pair.Value.Type, pair => pair.Key);
        Edm = model;
    }

    public static IEdmModel Edm { get; }

    /// <summary>The dataset whose records have that type.</summary>
    public static Dataset DatasetOf(IEdmEntityType type) => Datasets[type];

    /// <summary>The type of a dataset's records.</summary>
    public static IEdmEntityType TypeOf(Dataset dataset) => Edm.EntityContainer.FindEntitySet(dataset.Name).EntityType;

    /// <summary>The model's type of a column's values.</summary>
    public static EdmPrimitiveTypeKind KindOf(ColumnType type) => type switch
    {
        ColumnType.String => EdmPrimitiveTypeKind.String,
        ColumnType.Integer => EdmPrimitiveTypeKind.Int64,
        ColumnType.Number => EdmPrimitiveTypeKind.Double,
        ColumnType.Boolean => EdmPrimitiveTypeKind.Boolean,
        ColumnType.Date => EdmPrimitiveTypeKind.Date,
        ColumnType.Instant => EdmPrimitiveTypeKind.DateTimeOffset,
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    /// <summary>The same model, for $metadata: it says what a service with those settings can do.</summary>
    internal static IEdmModel With(Settings settings) => Make(settings).Model;

    private static (EdmModel Model, Dictionary<Dataset, (EdmEntityType Type, EdmEntitySet Set)> Sets) Make(Settings settings)
    {
        var model = new EdmModel();
        var container = new EdmEntityContainer(Namespace, "Container");
        model.AddElement(container);
        model.AddElement(TotalType.Edm);
        var sets = new Dictionary<Dataset, (EdmEntityType Type, EdmEntitySet Set)>();
        foreach (var dataset in Catalog.Sets)
        {
            var type = AddType(model, dataset);
            var set = container.AddEntitySet(dataset.Name, type);
            ModelAnnotations.AnnotateSet(model, set, dataset, settings);
            sets.Add(dataset, (type, set));
        }
        Navigations.AddTo(sets);
        ModelAnnotations.AnnotateContainer(model, container);
        ModelAnnotations.Refer(model);
        return (model, sets);
    }

    private static EdmEntityType AddType(EdmModel model, Dataset dataset)
    {
        var type = new EdmEntityType(Namespace, dataset.IsView ? dataset.Name + "Row" : dataset.Singular);
        model.AddElement(type);
        foreach (var column in dataset.Columns)
        {
            var property = type.AddStructuralProperty(column.Name, ReferenceOf(column));
            if (column.Ordinal == 0)
            {
                type.AddKeys(property);
            }
            ModelAnnotations.AnnotateProperty(model, property, column);
        }
        return type;
    }

    private static EdmPrimitiveTypeReference ReferenceOf(Column column)
    {
        var type = EdmCoreModel.Instance.GetPrimitiveType(KindOf(column.Type));
        var nullable = !column.Required;
        return column.Type switch
        {
            ColumnType.String => new EdmStringTypeReference(type, nullable, isUnbounded: false, column.MaxLength, isUnicode: true),
            ColumnType.Instant => new EdmTemporalTypeReference(type, nullable, precision: 3),
            _ => new EdmPrimitiveTypeReference(type, nullable),
        };
    }
}
