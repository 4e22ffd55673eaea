namespace ConflictData.OData;

/// <summary>
/// What the context address says about the rows of an $apply: the properties that all of them have, those of related records in
/// brackets: (Place(Name),T).
/// </summary>
internal static class ApplyContext
{
    private const string AnyStructure = "@Core.AnyStructure";

    public static string Of(Shape shape, bool isSelected)
    {
        var common = shape.Properties.Where(property => shape.Structures.All(structure => structure.Paths.Contains(property.Path))).ToList();
        if (!isSelected && shape.IsRecords)
        {
            // Rows that are whole records need no list of properties.
            var more = common.Where(property => !shape.Dataset.Columns.Any(column => column.Name == property.Path)).ToList();
            return more.Count == 0 ? "" : $"(*,{List(more.Select(property => property.Path.Split('/')))})";
        }
        return common.Count == 0 ? $"({AnyStructure})" : $"({List(common.Select(property => property.Path.Split('/')))})";
    }

    private static string List(IEnumerable<string[]> paths) => string.Join(',', paths.GroupBy(path => path[0]).Select(group =>
        group.First().Length == 1 ? group.Key : $"{group.Key}({List(group.Select(path => path[1..]))})"));
}
