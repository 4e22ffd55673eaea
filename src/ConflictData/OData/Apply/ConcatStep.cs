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
        var parts = new List<ConcatPart>();
        foreach (var sequence in sequences)
        {
            if (!pipeline.Run(rows, sequence).Succeeded(out var made, out var error))
            {
                return error;
            }
            parts.Add(ConcatPart.Of(made));
        }
        if (parts.Sum(part => part.Shape.Copies) > MaxCopies)
        {
            return ApplyError.Bad($"The steps concat would make more than {MaxCopies} rows of one; aggregate before.");
        }
        return Properties(pipeline, parts).Succeeded(out var properties, out var unfit)
            && LookUp(pipeline, parts, properties).Succeeded(out var whole, out unfit)
                ? Concatenate(pipeline, rows.Groups, whole, properties)
                : unfit;
    }

    /// <summary>
    /// A record has what its ways lead to, whether or not its sequence showed it. Where all rows are records, and some hold a value
    /// at such a path, the others look theirs up, so that the steps that follow find it in all of them.
    /// </summary>
    private static Result<ConcatPart[]> LookUp(Pipeline pipeline, IReadOnlyList<ConcatPart> parts, IReadOnlyList<PipelineProperty> properties)
    {
        var areRecords = parts.All(part => part.Shape.IsRecords);
        var whole = new List<ConcatPart>();
        foreach (var part in parts)
        {
            string[] missing = [.. areRecords ? properties.Select(property => property.Path).Where(path => part.Find(path) is null && path.Contains('/', StringComparison.Ordinal)) : []];
            if (missing.Length == 0)
            {
                whole.Add(part);
            }
            else if (new GroupKeys(pipeline, part.Rows).Read(string.Join(',', missing)).Succeeded(out var read, out var error))
            {
                whole.Add(new ConcatPart(read.Rows, [.. part.Properties, .. read.Keys]));
            }
            else
            {
                return error;
            }
        }
        return whole.ToArray();
    }

    /// <summary>The properties that the parts have together, each in one column: their own, where that is the same in all parts.</summary>
    private static Result<IReadOnlyList<PipelineProperty>> Properties(Pipeline pipeline, IReadOnlyList<ConcatPart> parts)
    {
        var together = new List<PipelineProperty>();
        foreach (var path in parts.SelectMany(part => part.Properties).Select(property => property.Path).Distinct())
        {
            PipelineProperty[] found = [.. parts.Select(part => part.Find(path)).OfType<PipelineProperty>()];
            if (!found.All(found[0].HasTypeOf))
            {
                return ApplyError.Unsupported($"concat where {path} has another type in one sequence than in another; take two names");
            }
            var isOneColumn = found.Length == parts.Count && found.All(property => property.Columns.SequenceEqual(found[0].Columns));
            var longest = found.MaxBy(property => property.Pieces)!;
            together.Add(isOneColumn ? longest : longest.In([.. found[0].Columns.Select(_ => pipeline.Sql.NewColumn())]));
        }
        return together;
    }

    private static Flow Concatenate(Pipeline pipeline, Groups groups, IReadOnlyList<ConcatPart> parts, IReadOnlyList<PipelineProperty> properties)
    {
        var shape = Shape.Concatenated([.. parts.Select(part => part.Shape)], properties);
        var (selects, structures) = (new List<string>(), 0);
        foreach (var (place, part) in parts.Index())
        {
            var columns = Columns(part, groups, properties);
            columns = shape.IsRecords ? columns.Append("_seq") : columns;
            columns = shape.Structures.Count > 1 ? columns.Append(StructureColumn(part, structures)) : columns;
            selects.Add(Text($"SELECT {string.Join(", ", columns)}, {place} AS _part, _ord FROM {part.Rows.Stage}"));
            structures += part.Shape.Structures.Count;
        }
        var all = pipeline.Sql.AddRowByRow(string.Join(" UNION ALL ", selects));
        var stage = pipeline.Sql.Add($"SELECT * EXCLUDE (_part) REPLACE (row_number() OVER ({groups.PartitionOf()}ORDER BY _part, _ord) AS _ord) FROM {all}");
        return new Flow(stage, shape, groups with { MayBeEmpty = parts.All(part => part.Rows.Groups.MayBeEmpty), HaveOneRowAtMost = false });
    }

    /// <summary>The columns of a part under their common names: those of the groups around, which all parts have, and of the properties.</summary>
    private static IEnumerable<string> Columns(ConcatPart part, Groups groups, IReadOnlyList<PipelineProperty> properties)
    {
        var columns = properties.SelectMany(property => property.Columns.Zip(property.SqlTypes).Select((column, index) =>
            (Name: column.First, Sql: part.Find(property.Path) is { } known ? known.Columns[index] : $"CAST(NULL AS {column.Second})")));
        return groups.Columns.Where(column => !properties.Any(property => property.Columns.Contains(column))).Select(column => (Name: column, Sql: column))
            .Concat(columns).Select(column => $"{column.Sql} AS {column.Name}");
    }

    private static string StructureColumn(ConcatPart part, int first) => part.Shape.Structures.Count > 1
        ? Text($"{Structure.Column} + {first} AS {Structure.Column}")
        : Text($"{first} AS {Structure.Column}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The rows of one sequence of a concat.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Properties">What they hold in columns: what their shape shows, and what was looked up besides.</param>
internal sealed record ConcatPart(Flow Rows, IReadOnlyList<PipelineProperty> Properties)
{
    public Shape Shape => Rows.Shape;

    public static ConcatPart Of(Flow rows) => new(rows, rows.Shape.Properties);

    public PipelineProperty? Find(string path) => Properties.FirstOrDefault(property => property.Path == path);
}
