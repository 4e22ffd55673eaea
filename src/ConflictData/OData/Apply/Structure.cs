namespace ConflictData.OData;

/// <summary>Which of the properties some rows have. Rows that a concat puts together need not have the same.</summary>
/// <param name="Paths">Their paths.</param>
/// <param name="IsEntity">True where the rows have the key of their set, and with it an address of their own.</param>
internal sealed record Structure(IReadOnlySet<string> Paths, bool IsEntity)
{
    /// <summary>The column that holds, of rows of several structures, the place of each one's in the list; no other column has its name.</summary>
    public const string Column = "_is";

    public bool IsAs(Structure other) => IsEntity == other.IsEntity && Paths.SetEquals(other.Paths);

    public Structure And(IEnumerable<string> more) => this with { Paths = Paths.Union(more).ToHashSet() };

    public Structure Only(IEnumerable<string> some) => this with { Paths = Paths.Intersect(some).ToHashSet() };
}
