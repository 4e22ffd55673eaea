using ConflictData.Datasets;

namespace ConflictData.Query;

/// <summary>A condition over a dataset's own columns that rows can be counted by without a query.</summary>
internal abstract record TallyCondition
{
    /// <summary>The columns that it looks at.</summary>
    public abstract IEnumerable<Column> Columns { get; }
}

/// <summary>True where all parts are; without parts, for every row.</summary>
internal sealed record TallyAll(params IReadOnlyList<TallyCondition> Parts) : TallyCondition
{
    public override IEnumerable<Column> Columns => Parts.SelectMany(part => part.Columns);
}

/// <summary>True where any part is; without parts, for no row.</summary>
internal sealed record TallyAny(params IReadOnlyList<TallyCondition> Parts) : TallyCondition
{
    public override IEnumerable<Column> Columns => Parts.SelectMany(part => part.Columns);
}

/// <summary>True where a column is null.</summary>
internal sealed record TallyNull(Column Column) : TallyCondition
{
    public override IEnumerable<Column> Columns => [Column];
}

/// <summary>True where the condition is not: also where a column is null and the condition false for it.</summary>
internal sealed record TallyNot(TallyCondition Condition) : TallyCondition
{
    public override IEnumerable<Column> Columns => Condition.Columns;
}

/// <summary>True where a column is in a range, bounds included; false where it is null.</summary>
/// <param name="Column">A column of whole numbers, of days (counted from 1970) or of truth values (0 and 1).</param>
/// <param name="Low">The least value.</param>
/// <param name="High">The greatest.</param>
internal sealed record TallyRange(Column Column, long Low, long High) : TallyCondition
{
    public override IEnumerable<Column> Columns => [Column];
}

/// <summary>True where a column is a text, letter case and all; false where it is null.</summary>
internal sealed record TallyText(Column Column, string Text) : TallyCondition
{
    public override IEnumerable<Column> Columns => [Column];
}
