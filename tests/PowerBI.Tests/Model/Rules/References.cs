namespace PowerBI.Tests.Model.Rules;

/// <summary>What refers to something that is not there, and names that are given twice.</summary>
internal static class References
{
    public static IEnumerable<string> Run(SemanticModel model) =>
    [
        .. model.Tables.SelectMany(table => Table(model, table)), .. Relationships(model), .. Listed(model), .. Twice(model),
    ];

    private static IEnumerable<string> Table(SemanticModel model, ModelTable table)
    {
        foreach (var column in table.Columns.Where(column => column.SortByColumn is { } sort && (model.Column(table.Name, sort) is null || sort == column.Name)))
        {
            yield return $"{column.FullName} is sorted by {column.SortByColumn}, which is not there.";
        }

        foreach (var (hierarchy, level) in table.Hierarchies.SelectMany(hierarchy => hierarchy.Levels.Select(level => (hierarchy, level))))
        {
            if (level.Column is null || model.Column(table.Name, level.Column) is null)
            {
                yield return $"The level {level.Name} of {hierarchy.Name} in {table.Name} is of no column.";
            }
        }

        if (table.Partitions is not [{ Value: "m" } partition] || partition["source"] is null || partition["mode"] is null)
        {
            yield return $"{table.Name} has not one partition of M.";
        }
    }

    private static IEnumerable<string> Relationships(SemanticModel model)
    {
        foreach (var relationship in model.Relationships)
        {
            var (from, to) = (model.Column(relationship.From.Table, relationship.From.Column), model.Column(relationship.To.Table, relationship.To.Column));
            if (from is null || to is null)
            {
                yield return $"The relationship {relationship.Source.Name} is between columns of which one is not there.";
            }
            else if (!to.IsKey)
            {
                yield return $"The relationship {relationship.Source.Name} leads to {to.FullName}, which is no key.";
            }
            else if (relationship.Source["crossFilteringBehavior"] is not null and not "oneDirection" || relationship.Source["isActive"] == "false" || relationship.Source["toCardinality"] == "many")
            {
                yield return $"The relationship {relationship.Source.Name} is not one from many to one, in one direction and active.";
            }
        }

        foreach (var pair in model.Relationships.GroupBy(item => (item.From.Table, item.To.Table)).Where(pair => pair.Count() > 1))
        {
            yield return $"There are {pair.Count()} relationships from {pair.Key.Item1} to {pair.Key.Item2}; only one can be active.";
        }
    }

    private static IEnumerable<string> Listed(SemanticModel model)
    {
        var listed = model.Objects.Where(item => item.File == "model.tmdl" && item.Object.Kind == "ref").Select(item => item.Object.Name).ToHashSet();
        listed.UnionWith(model.Objects.SelectMany(item => item.Object.Of("ref")).Select(item => item.Name));
        var known = model.Tables.Select(table => table.Name).Concat(model.Of("cultureInfo").Select(culture => culture.Name)).ToList();
        foreach (var name in listed.Except(known))
        {
            yield return $"model.tmdl refers to {name}, which is not there.";
        }

        foreach (var name in known.Except(listed))
        {
            yield return $"model.tmdl does not refer to {name}.";
        }
    }

    private static IEnumerable<string> Twice(SemanticModel model)
    {
        var names = model.Tables.Select(table => $"table {table.Name}")
            .Concat(model.Measures.Select(measure => $"measure {measure.Name}"))
            .Concat(model.Relationships.Select(relationship => $"relationship {relationship.Source.Name}"))
            .Concat(model.Tables.SelectMany(table => table.Columns.Select(column => column.Name)
                .Concat(table.Measures.Select(measure => measure.Name)).Concat(table.Hierarchies.Select(hierarchy => hierarchy.Name)).Select(name => $"{name} in {table.Name}")));
        return names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1).Select(same => $"There are {same.Count()} of the name {same.Key}.");
    }
}
