using ConflictData.Query;
using Microsoft.OData.Edm;

namespace ConflictData.OData;

/// <summary>
/// A property of the rows between two steps, with the engine's column that holds it: the caller's name for it never gets into
/// SQL. Its path leads over related records where it is one of theirs: Place/Name.
/// </summary>
internal class PipelineProperty(IEdmStructuredType owner, string path, IEdmTypeReference type, string sql, bool isDeclared)
    : EdmStructuralProperty(owner, path[(path.LastIndexOf('/') + 1)..], type)
{
    public string Path { get; } = path;

    public string Sql { get; } = sql;

    /// <summary>True for a property that the set's own type, or that of a related set, has.</summary>
    public bool IsDeclared { get; } = isDeclared;

    /// <summary>How many texts a text was put together of, each counted as often as it stands there.</summary>
    public int Pieces { get; init; } = 1;

    /// <summary>Every column that holds a piece of it.</summary>
    public virtual IReadOnlyList<string> Columns => [Sql];

    /// <summary>Its columns as they are named in files.</summary>
    public virtual IEnumerable<string> ColumnNames => [Path];

    /// <summary>The same in another type.</summary>
    public virtual PipelineProperty For(IEdmStructuredType next) => new(next, Path, Type, Sql, IsDeclared) { Pieces = Pieces };

    /// <summary>The same in other columns.</summary>
    public virtual PipelineProperty In(IReadOnlyList<string> columns) => new(DeclaringType, Path, Type, columns[0], IsDeclared) { Pieces = Pieces };

    /// <summary>True where both can be one property of rows that come from different steps.</summary>
    public bool HasTypeOf(PipelineProperty other) => SqlTypes.SequenceEqual(other.SqlTypes);

    /// <summary>The engine's types of its columns.</summary>
    public virtual IEnumerable<string> SqlTypes => [ConstantSql.SqlType(Type)!];

    /// <summary>The column of a bound property, of a step's rows or of a set's own.</summary>
    public static string SqlOf(IEdmProperty property) => property is PipelineProperty known ? known.Sql : EngineSchema.Quote(property.Name);
}
