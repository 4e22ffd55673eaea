namespace ConflictData.OData;

/// <summary>
/// Paths that lead from a record to many others. The standard has them in groupby and aggregate, where the library's parser
/// takes them for mistakes.
/// </summary>
internal static class PathToMany
{
    /// <summary>The first way to many in a path; null where there is none, or no such path.</summary>
    public static string? Find(Shape shape, string path)
    {
        var at = shape.IsRecords ? shape.Dataset : null;
        foreach (var name in path.Split('/'))
        {
            var way = at is null ? null : Navigations.Of(at).FirstOrDefault(way => way.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (way is not { ToMany: false })
            {
                return way?.Name;
            }
            at = way.To;
        }
        return null;
    }
}
