namespace ConflictData.Tests.OData.Fuzz;

/// <summary>What an expression can speak of: the release, the record of the query, and the records of the open any and all.</summary>
internal readonly record struct Scope(Snapshot At, Entry It, Entry? Outer = null, Entry? Inner = null);

/// <summary>An expression as text, and what it is worth by the standard's rules, worked out the slow way.</summary>
/// <param name="Text">As it stands in a query.</param>
/// <param name="Of">Its value; null is the standard's null.</param>
internal sealed record Expression<T>(string Text, Func<Scope, T?> Of)
{
    /// <summary>Expressions of the same type within it: a failing query is tried again with these.</summary>
    public IReadOnlyList<Expression<T>> Parts { get; init; } = [];
}

/// <summary>A sort key.</summary>
internal sealed record SortKey(string Text, Func<Scope, object?> Of, bool Descending);

/// <summary>A computed property.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">What it is computed from.</param>
/// <param name="Of">Its value.</param>
/// <param name="ByAlias">True where a parameter alias stands for the text.</param>
internal sealed record Computed(string Name, string Text, Func<Scope, object?> Of, bool ByAlias = false)
{
    public string Alias => "@" + Name;
}

/// <summary>A $search, and whether a record has what it looks for.</summary>
internal sealed record Search(string Text, Func<Entry, bool> Finds);
