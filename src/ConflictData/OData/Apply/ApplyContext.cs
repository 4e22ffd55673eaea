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
            return more.Count == 0 ? "" : $"(*,{List(more.SelectMany(Paths))})";
        }
        return common.Count == 0 ? $"({AnyStructure})" : $"({List(common.SelectMany(Paths))})";
    }

    /// <summary>The path over related records; the members of a total that a $select left are named behind it.</summary>
    private static IEnumerable<string[]> Paths(PipelineProperty property) => property is TotalProperty { IsPart: true } total
        ? total.Members.Select(member => (string[])[.. total.Path.Split('/')[..^1], $"{total.Name}/{member}"])
        : [property.Path.Split('/')];

    private static string List(IEnumerable<string[]> paths) => string.Join(',', paths.GroupBy(path => path[0]).Select(group =>
        group.First().Length == 1 ? group.Key : $"{group.Key}({List(group.Select(path => path[1..]))})"));
}
