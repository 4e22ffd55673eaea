using ConflictData.Datasets;
using ConflictData.Query;
using Microsoft.OData.Edm;

namespace ConflictData.OData;

/// <summary>What the rows between two steps of an $apply look like, as a type that the next step is bound against.</summary>
internal sealed class Shape
{
    private Shape(Dataset dataset, IEnumerable<PipelineProperty> properties)
    {
        Dataset = dataset;
        Type = new EdmEntityType(ODataModel.Namespace, "Row");
        Properties = [.. properties.Select(property => property.For(Type))];
        foreach (var property in Properties)
        {
            Type.AddProperty(property);
        }
    }

    public Dataset Dataset { get; }

    public IReadOnlyList<PipelineProperty> Properties { get; }

    public EdmEntityType Type { get; }

    /// <summary>True while each row is a record of the set.</summary>
    public bool IsRecords { get; private init; }

    /// <summary>True where all rows have one Outcome, so that their counts may be added.</summary>
    public bool HasOneOutcome { get; private init; }

    /// <summary>The records of a set.</summary>
    public static Shape Of(Dataset dataset)
    {
        var owner = ODataModel.TypeOf(dataset);
        return new Shape(dataset, dataset.Columns.Select(column => new PipelineProperty(
            owner, column.Name, owner.FindProperty(column.Name).Type, EngineSchema.Quote(column.Name), isDeclared: true)))
        {
            IsRecords = true,
        };
    }

    /// <summary>Rows that are no records any more.</summary>
    public Shape Grouped(IEnumerable<PipelineProperty> properties) => new(Dataset, properties);

    public Shape With(IEnumerable<PipelineProperty> computed) =>
        new(Dataset, [.. Properties, .. computed]) { IsRecords = IsRecords, HasOneOutcome = HasOneOutcome };

    public Shape WithOneOutcome() => new(Dataset, Properties) { IsRecords = IsRecords, HasOneOutcome = true };

    /// <summary>The same rows with some of their properties, in that order.</summary>
    public Shape Only(IEnumerable<PipelineProperty> properties) => new(Dataset, properties) { IsRecords = IsRecords };

    public PipelineProperty? Find(string name) =>
        Properties.FirstOrDefault(property => property.Name == name)
        ?? Properties.FirstOrDefault(property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
