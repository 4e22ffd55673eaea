using System.Globalization;
using ConflictData.Api;

namespace ConflictData.OData;

/// <summary>
/// <c>concat(steps,steps,…)</c>: applies each sequence to the same rows and gives what they make one after the other. A row keeps
/// the structure that its sequence gave it; for the steps that follow, what it does not have is null.
/// </summary>
internal static class ConcatStep
{
    /// <summary>How often a record may be among the rows that several concats after each other make.</summary>
    public const int MaxCopies = 20;

    public static Result<Flow> Apply(Pipeline pipeline, Flow rows, string text)
    {
        if (PipelineText.Split(text, ',') is not [_, _, ..] sequences)
        {
            return ApplyError.Bad("concat takes two or more sequences of steps with commas between: concat(identity,aggregate($count as N)).");
        }
        var parts = new List<Flow>();
        foreach (var sequence in sequences)
        {
            if (!pipeline.Run(rows, sequence).Succeeded(out var part, out var error))
            {
                return error;
            }
            parts.Add(part);
        }
        if (parts.Sum(part => part.Shape.Copies) > MaxCopies)
        {
            return ApplyError.Bad($"The steps concat would make more than {MaxCopies} rows of one; aggregate before.");
        }
        return Properties(pipeline, parts).Succeeded(out var properties, out var unfit) ? Concatenate(pipeline, rows.Groups, parts, properties) : unfit;
    }

    /// <summary>The properties that the parts have together, each in one column: their own, where that is the same in all parts.</summary>
    private static Result<IReadOnlyList<PipelineProperty>> Properties(Pipeline pipeline, IReadOnlyList<Flow> parts)
    {
        var together = new List<PipelineProperty>();
        foreach (var path in parts.SelectMany(part => part.Shape.Properties).Select(property => property.Path).Distinct())
        {
            PipelineProperty[] found = [.. parts.Select(part => part.Shape.Properties.FirstOrDefault(property => property.Path == path)).OfType<PipelineProperty>()];
            if (!found.All(found[0].HasTypeOf))
            {
                return ApplyError.Unsupported($"concat where {path} has another type in one sequence than in another; take two names");
            }
            var isOneColumn = found.Length == parts.Count && found.All(property => property.Columns.SequenceEqual(found[0].Columns));
            together.Add(isOneColumn ? found[0] : found[0].In([.. found[0].Columns.Select(_ => pipeline.Sql.NewColumn())]));
        }
        return together;
    }

    private static Flow Concatenate(Pipeline pipeline, Groups groups, IReadOnlyList<Flow> parts, IReadOnlyList<PipelineProperty> properties)
    {
        var shape = Shape.Concatenated([.. parts.Select(part => part.Shape)], properties);
        var (selects, structures) = (new List<string>(), 0);
        foreach (var (place, part) in parts.Index())
        {
            var columns = Columns(part, groups, properties);
            columns = shape.IsRecords ? columns.Append("_seq") : columns;
            columns = shape.Structures.Count > 1 ? columns.Append(StructureColumn(part, structures)) : columns;
            selects.Add(Text($"SELECT {string.Join(", ", columns)}, {place} AS _part, _ord FROM {part.Stage}"));
            structures += part.Shape.Structures.Count;
        }
        var all = pipeline.Sql.AddRowByRow(string.Join(" UNION ALL ", selects));
        var stage = pipeline.Sql.Add($"SELECT * EXCLUDE (_part) REPLACE (row_number() OVER ({groups.PartitionOf()}ORDER BY _part, _ord) AS _ord) FROM {all}");
        return new Flow(stage, shape, groups with { MayBeEmpty = parts.All(part => part.Groups.MayBeEmpty), HaveOneRowAtMost = false });
    }

    /// <summary>The columns of a part under their common names: those of the groups around, which all parts have, and of the properties.</summary>
    private static IEnumerable<string> Columns(Flow part, Groups groups, IReadOnlyList<PipelineProperty> properties)
    {
        var own = part.Shape.Properties.ToDictionary(property => property.Path);
        var columns = properties.SelectMany(property => property.Columns.Zip(property.SqlTypes).Select((column, index) =>
            (Name: column.First, Sql: own.TryGetValue(property.Path, out var known) ? known.Columns[index] : $"CAST(NULL AS {column.Second})")));
        return groups.Columns.Where(column => !properties.Any(property => property.Columns.Contains(column))).Select(column => (Name: column, Sql: column))
            .Concat(columns).Select(column => $"{column.Sql} AS {column.Name}");
    }

    private static string StructureColumn(Flow part, int first) => part.Shape.Structures.Count > 1
        ? Text($"{Structure.Column} + {first} AS {Structure.Column}")
        : Text($"{first} AS {Structure.Column}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
