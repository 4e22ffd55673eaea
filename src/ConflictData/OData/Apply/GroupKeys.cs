using ConflictData.Api;
using Microsoft.OData.UriParser;

namespace ConflictData.OData;

/// <summary>Reads what a groupby groups by: properties of the rows, and while these are records, of the records they refer to.</summary>
internal sealed class GroupKeys(Pipeline pipeline, Flow rows)
{
    private readonly StepScope scope = new(pipeline, rows);
    private readonly List<PipelineProperty> keys = [];

    /// <summary>The keys, each once, and the rows with a column for each.</summary>
    public Result<(Flow Rows, IReadOnlyList<PipelineProperty> Keys)> Read(string list)
    {
        foreach (var path in PipelineText.Split(list, ',') ?? [list])
        {
            if (Add(path) is { } error)
            {
                return error;
            }
        }
        return (rows.From(scope.Widened()), keys);
    }

    private ApiError? Add(string path)
    {
        if (PipelineText.Call(path) is (var name, not null))
        {
            return ApplyError.Unsupported($"{name} in groupby");
        }
        if (PathToMany.Find(rows.Shape, path) is { } many)
        {
            return ApplyError.Unsupported($"{path} in groupby: {many} leads to many records");
        }
        if (WhyNoValue(path) is { } reason)
        {
            return ApplyError.Bad($"{path} is {reason}; rows cannot be grouped by it.");
        }
        if (!path.Contains('/', StringComparison.Ordinal) && rows.Shape.Type.FindProperty(path) is null && rows.Shape.Find(path) is null)
        {
            return ApplyError.Bad($"groupby names {path}, which is not a property here. There are {string.Join(", ", rows.Shape.Properties.Select(known => known.Path))}.");
        }
        if (!pipeline.Binder.Value(rows.Shape, path).Succeeded(out var bound, out var error))
        {
            return error;
        }
        return bound.Value switch
        {
            SingleNavigationNode => ApplyError.Unsupported($"whole records in groupby; group by {path}/Id"),
            SingleValuePropertyAccessNode node when PathOf(node) is var known && !keys.Any(key => key.Path == known) => Add(node, known, bound),
            SingleValuePropertyAccessNode => null,
            _ => ApplyError.Bad($"groupby groups by properties; {path} is none. Compute it before."),
        };
    }

    private ApiError? Add(SingleValuePropertyAccessNode node, string path, BoundStep<SingleValueNode> bound)
    {
        keys.Add(rows.Shape.Properties.FirstOrDefault(property => property.Path == path)
            ?? new PipelineProperty(rows.Shape.Type, path, node.TypeReference, scope.Add(scope.Expressions(bound.Aliases).Value(node)), isDeclared: true));
        return null;
    }

    private string? WhyNoValue(string path) => rows.Shape.Properties.FirstOrDefault(property => Begins(path, property.Path)) is TotalProperty ? "a total, or part of one"
        : !rows.Shape.IsRecords && rows.Shape.Properties.Any(property => property.Path.Length > path.Length && Begins(property.Path, path)) ? "no single value"
        : null;

    private static bool Begins(string path, string with) => (path + "/").StartsWith(with + "/", StringComparison.OrdinalIgnoreCase);

    private static string PathOf(SingleValueNode node) => node switch
    {
        SingleValuePropertyAccessNode { Property: PipelineProperty property } => property.Path,
        SingleValuePropertyAccessNode property => PathOf(property.Source) + property.Property.Name,
        SingleNavigationNode way => $"{PathOf(way.Source)}{way.NavigationProperty.Name}/",
        _ => "",
    };
}
