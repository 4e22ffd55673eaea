using System.Collections.Frozen;
using ConflictData.Query;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace ConflictData.OData;

/// <summary>A property of the rows between two steps, with the engine's column that holds it: the caller's name for it never gets into SQL.</summary>
internal class PipelineProperty(IEdmStructuredType owner, string name, IEdmTypeReference type, string sql, bool isDeclared)
    : EdmStructuralProperty(owner, name, type)
{
    public string Sql { get; } = sql;

    /// <summary>True for a property that the set's own type has.</summary>
    public bool IsDeclared { get; } = isDeclared;

    public virtual PipelineProperty For(IEdmStructuredType next) => new(next, Name, Type, Sql, IsDeclared);

    /// <summary>Every column that holds a piece of it.</summary>
    public virtual IEnumerable<string> Columns => [Sql];

    /// <summary>The column of a bound property, of a step's rows or of a set's own.</summary>
    public static string SqlOf(SingleValuePropertyAccessNode node) =>
        node.Source is SingleComplexNode { Property: TotalProperty total } ? total.Members[node.Property.Name]
        : node.Property is PipelineProperty property ? property.Sql
        : EngineSchema.Quote(node.Property.Name);
}

/// <summary>An honest total: one property with six members, each in a column of its own.</summary>
internal sealed class TotalProperty(IEdmStructuredType owner, string name, FrozenDictionary<string, string> members)
    : PipelineProperty(owner, name, new EdmComplexTypeReference(TotalType.Edm, isNullable: true), members["Unnumbered"], isDeclared: false)
{
    public FrozenDictionary<string, string> Members { get; } = members;

    public override IEnumerable<string> Columns => TotalType.Members.Select(member => Members[member]);

    public override PipelineProperty For(IEdmStructuredType next) => new TotalProperty(next, Name, Members);
}
