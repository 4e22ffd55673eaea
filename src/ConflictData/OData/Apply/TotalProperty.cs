using System.Collections.Frozen;
using Microsoft.OData.Edm;

namespace ConflictData.OData;

/// <summary>An honest total: one property with six members, each in a column of its own.</summary>
/// <param name="owner">The type that has it.</param>
/// <param name="path">Its path.</param>
/// <param name="members">The column of each member.</param>
/// <param name="shown">The members that a $select leaves, in their order; null = all.</param>
internal sealed class TotalProperty(IEdmStructuredType owner, string path, FrozenDictionary<string, string> members, IReadOnlyList<string>? shown = null)
    : PipelineProperty(owner, path, TotalType.Held(members), members["Unnumbered"], isDeclared: false)
{
    /// <summary>The members that the answer has.</summary>
    public IReadOnlyList<string> Members => shown ?? TotalType.Members;

    /// <summary>True where a $select left only some of its members.</summary>
    public bool IsPart => shown is not null;

    public override IReadOnlyList<string> Columns { get; } = [.. (shown ?? TotalType.Members).Select(member => members[member])];

    public override IEnumerable<string> ColumnNames => Members.Select(member => $"{Path}/{member}");

    public override IEnumerable<string> SqlTypes => Members.Select(member => ConstantSql.SqlType(TotalType.Edm.FindProperty(member).Type)!);

    public override PipelineProperty For(IEdmStructuredType next) => new TotalProperty(next, Path, members, shown);

    public override PipelineProperty In(IReadOnlyList<string> columns) =>
        new TotalProperty(DeclaringType, Path, Members.Index().ToFrozenDictionary(member => member.Item, member => columns[member.Index]), shown);

    /// <summary>The same with some of its members, in the order of the type.</summary>
    public TotalProperty Only(IEnumerable<string> some) => new(DeclaringType, Path, members, [.. TotalType.Members.Intersect(some)]);
}
