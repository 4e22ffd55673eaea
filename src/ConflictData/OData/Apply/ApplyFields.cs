using ConflictData.Datasets;
using ConflictData.Query;
using Microsoft.OData.Edm;

namespace ConflictData.OData;

/// <summary>
/// The members of the rows of an $apply that have one structure. Rows without the key of their set have no address, which
/// @odata.id says; a property that the model does not declare tells its type where JSON alone does not.
/// </summary>
internal sealed class ApplyFields
{
    private readonly Representation representation;
    private readonly MetadataLevel level;

    public ApplyFields(ODataRequest request, ApplyPlan plan, Structure structure)
    {
        representation = request.Representation;
        level = representation.Format == AnswerFormat.Json ? representation.Form.Metadata : MetadataLevel.None;
        var placed = plan.Output.Properties.Select(property => new Placed(property, property.Path.Split('/'), plan.PlaceOf(property.Columns[0])!.Value));
        Styled = Tree(plan.Output.Dataset, [.. placed.Where(item => structure.Paths.Contains(item.Property.Path))], 0);
        Identity = IdentityOf(request, plan, structure);
    }

    public IReadOnlyList<StyledField> Styled { get; }

    public RecordIdentity? Identity { get; }

    /// <summary>The same for the faster writer, where full metadata is not asked for.</summary>
    public IReadOnlyList<JsonField> Usual
    {
        get
        {
            JsonField[] fields = [.. Styled.Select(AsUsual)];
            return Identity is null || fields.Length == 0 ? fields : [fields[0] with { Before = "\"@odata.id\":null," + fields[0].Before }, .. fields[1..]];
        }
    }

    /// <summary>Members with the same first name are those of one object.</summary>
    private StyledField[] Tree(Dataset? dataset, IReadOnlyList<Placed> properties, int depth) =>
    [
        .. properties.GroupBy(item => item.Path[depth]).Select(group => group.First() is var first && first.Path.Length == depth + 1
            ? first.Property is TotalProperty total ? Total(total, first.Place) : new StyledField(group.Key, first.Place, TypeOf(first.Property))
            : Nested(dataset, group.Key, [.. group], depth)),
    ];

    private StyledField Nested(Dataset? dataset, string name, IReadOnlyList<Placed> properties, int depth)
    {
        var related = dataset is null ? null : Navigations.Of(dataset).FirstOrDefault(way => way.Name == name)?.To;
        // The order of a row, which it stands beside, is never null.
        return new(name, 0, level == MetadataLevel.Full && related is not null ? TypeAnnotation.Of(related) : null)
        {
            Members = Tree(related, properties, depth + 1),
        };
    }

    /// <summary>Whether there is a total at all, the member tells that is never null; where a $select left it out, the order of the row does.</summary>
    private StyledField Total(TotalProperty property, int place) =>
        new(property.Name, property.Columns.Contains(property.Sql) ? place + property.Columns.Index().First(column => column.Item == property.Sql).Index : 0, level == MetadataLevel.None ? null : $"#{TotalType.Edm.FullTypeName()}")
        {
            Members =
            [
                .. property.Members.Select(TotalType.Edm.FindProperty).Select((member, index) => new StyledField(
                    member.Name, place + index, level == MetadataLevel.Full ? TypeAnnotation.Of(member.Type.PrimitiveKind(), representation.Version) : null)),
            ],
        };

    private string? TypeOf(PipelineProperty property)
    {
        var name = TypeAnnotation.Of(property.Type.PrimitiveKind(), representation.Version);
        return level switch
        {
            MetadataLevel.Full => name,
            // What the model does not say, and the looks of a number do not tell.
            MetadataLevel.Minimal when !property.IsDeclared && property.Type.PrimitiveKind() != EdmPrimitiveTypeKind.Double => name,
            _ => null,
        };
    }

    private RecordIdentity? IdentityOf(ODataRequest request, ApplyPlan plan, Structure structure)
    {
        var dataset = plan.Output.Dataset;
        var (set, key) = (request.Call.Root + dataset.Name, structure.IsEntity ? plan.PlaceOf(plan.Output.KeyColumn) : null);
        return level switch
        {
            MetadataLevel.Full => new(TypeAnnotation.Of(dataset), set, key) { Ways = IsWhole(dataset, structure) ? [.. Navigations.Of(dataset).Select(way => way.Name)] : [] },
            MetadataLevel.Minimal when key is null => new(null, set, null),
            _ => null,
        };
    }

    /// <summary>True for records with all their properties: of others the context names what they have, and links are not among it.</summary>
    private static bool IsWhole(Dataset dataset, Structure structure) => structure.IsEntity && dataset.Columns.All(column => structure.Paths.Contains(column.Name));

    private static JsonField AsUsual(StyledField field)
    {
        if (field.Members is null)
        {
            return new(field.Name, field.Column) { Before = field.Type is null ? "" : $"\"{field.Name}@odata.type\":\"{field.Type}\"," };
        }
        JsonField[] members = [.. field.Members.Select(AsUsual)];
        members[0] = field.Type is null ? members[0] : members[0] with { Before = $"\"@odata.type\":\"{field.Type}\"," + members[0].Before };
        return new(field.Name, field.Column, members);
    }

    /// <param name="Property">The property.</param>
    /// <param name="Path">The names on the way to it, its own last.</param>
    /// <param name="Place">Place of its first column in the result.</param>
    private sealed record Placed(PipelineProperty Property, string[] Path, int Place);
}
