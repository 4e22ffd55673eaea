using ConflictData.Datasets;
using ConflictData.Query;
using Microsoft.OData.Edm;

namespace ConflictData.OData;

/// <summary>What the rows between two steps of an $apply look like, as a type that the next step is bound against.</summary>
internal sealed record Shape
{
    private Shape(Dataset dataset, IReadOnlyList<PipelineProperty> properties, bool isRecords)
    {
        (Dataset, Properties, IsRecords, Type) = (dataset, properties, isRecords, RowType.Of(dataset, properties, isRecords));
        KeyColumn = properties.FirstOrDefault(property => property.Path == KeyOf(dataset))?.Sql;
    }

    public Dataset Dataset { get; }

    public IReadOnlyList<PipelineProperty> Properties { get; }

    public IEdmEntityType Type { get; }

    /// <summary>True while each row is a record of the set: then it has all the set's columns, and ways to other records.</summary>
    public bool IsRecords { get; }

    /// <summary>The column of the set's key; null where no row has it.</summary>
    public string? KeyColumn { get; private init; }

    /// <summary>True where all rows have one Outcome, so that their counts may be added.</summary>
    public bool HasOneOutcome { get; init; }

    /// <summary>How often a record may be among the rows. What is there twice must not be counted.</summary>
    public int Copies { get; private init; } = 1;

    /// <summary>The structures that rows have; where it is more than one, each row says which.</summary>
    public required IReadOnlyList<Structure> Structures { get; init; }

    /// <summary>The records of a set.</summary>
    public static Shape Of(Dataset dataset)
    {
        var owner = ODataModel.TypeOf(dataset);
        PipelineProperty[] properties = [.. dataset.Columns.Select(column => new PipelineProperty(
            owner, column.Name, owner.FindProperty(column.Name).Type, EngineSchema.Quote(column.Name), isDeclared: true))];
        return new Shape(dataset, properties, isRecords: true) { Structures = [StructureOf(dataset, properties)] };
    }

    /// <summary>Rows that are no records any more.</summary>
    public Shape Grouped(IReadOnlyList<PipelineProperty> properties) => new(Dataset, properties, isRecords: false) { Structures = [StructureOf(Dataset, properties)] };

    public Shape With(IReadOnlyList<PipelineProperty> computed) => Like([.. Properties, .. computed]) with
    {
        Structures = [.. Structures.Select(structure => structure.And(computed.Select(property => property.Path)))],
    };

    /// <summary>The rows with the properties that they were grouped by, whichever of them the steps within the groups left.</summary>
    public Shape InGroups(IReadOnlyList<PipelineProperty> keys)
    {
        var others = Properties.Where(property => !keys.Any(key => key.Path == property.Path));
        PipelineProperty[] all = IsRecords
            ? [.. Properties.Select(property => keys.FirstOrDefault(key => key.Path == property.Path) ?? property).Union(keys)]
            : [.. keys, .. others];
        var paths = keys.Select(key => key.Path).ToArray();
        return Like(all) with
        {
            Structures = [.. Structures.Select(structure => structure.And(paths) with { IsEntity = structure.IsEntity || paths.Contains(KeyOf(Dataset)) })],
        };
    }

    /// <summary>The same rows with some of their properties, in that order.</summary>
    public Shape Only(IReadOnlyList<PipelineProperty> properties) => Like(properties) with
    {
        KeyColumn = KeyColumn,
        Structures = [.. Structures.Select(structure => structure.Only(properties.Select(property => property.Path)))],
    };

    /// <summary>Rows of several shapes, one after the other, which have these properties together.</summary>
    public static Shape Concatenated(IReadOnlyList<Shape> shapes, IReadOnlyList<PipelineProperty> properties)
    {
        Structure[] structures = [.. shapes.SelectMany(shape => shape.Structures)];
        return new Shape(shapes[0].Dataset, properties, shapes.All(shape => shape.IsRecords))
        {
            Structures = structures.All(structures[0].IsAs) ? [structures[0]] : structures,
            Copies = shapes.Sum(shape => shape.Copies),
        };
    }

    /// <summary>The property at a path, whatever its letter case where none is spelt so.</summary>
    public PipelineProperty? Find(string path) =>
        Properties.FirstOrDefault(property => property.Path == path)
        ?? Properties.FirstOrDefault(property => property.Path.Equals(path, StringComparison.OrdinalIgnoreCase));

    public static string KeyOf(Dataset dataset) => dataset.Columns[0].Name;

    private Shape Like(IReadOnlyList<PipelineProperty> properties) =>
        new(Dataset, properties, IsRecords) { HasOneOutcome = HasOneOutcome, Copies = Copies, Structures = Structures };

    private static Structure StructureOf(Dataset dataset, IReadOnlyList<PipelineProperty> properties)
    {
        var paths = properties.Select(property => property.Path).ToHashSet();
        return new(paths, paths.Contains(KeyOf(dataset)));
    }
}
