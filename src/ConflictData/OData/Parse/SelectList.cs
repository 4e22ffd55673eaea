namespace ConflictData.OData;

/// <summary>What the context address of an answer says about the properties in it.</summary>
/// <param name="Names">The selected ones, or *; none where all are there unasked.</param>
/// <param name="Expanded">The ways that are expanded, but for references and counts, which it does not speak of.</param>
internal sealed record SelectList(IReadOnlyList<string> Names, IReadOnlyList<ExpandedList> Expanded)
{
    public static SelectList All { get; } = new([], []);

    /// <summary>"", "(*)", "(Id,Low)" or "(Id,Place(Name))". 4.0 leaves away what is expanded whole, and its readers, Power BI's among them, take no empty parentheses.</summary>
    public string In(string version)
    {
        var ways = Expanded.Where(item => version != "4.0" || item.List.In(version).Length > 0).Select(item => item.In(version));
        var all = string.Join(',', Names.Concat(ways));
        return all.Length == 0 ? "" : $"({all})";
    }
}

/// <summary>A way in a <see cref="SelectList"/>.</summary>
/// <param name="Way">Its name.</param>
/// <param name="IsRecursive">True where it is gone more than once, by $levels.</param>
/// <param name="List">What is there of the records at its end.</param>
internal sealed record ExpandedList(string Way, bool IsRecursive, SelectList List)
{
    public string In(string version) => $"{Way}{(IsRecursive ? "+" : "")}{(List.In(version) is { Length: > 0 } list ? list : "()")}";
}
