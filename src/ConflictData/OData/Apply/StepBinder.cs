using ConflictData.Api;
using Microsoft.OData;
using Microsoft.OData.UriParser;

namespace ConflictData.OData;

/// <summary>Binds the expressions of a step with the library, against the rows that the step before it makes.</summary>
internal sealed class StepBinder(RequestOptions options, Settings limits)
{
    public Result<BoundStep<SingleValueNode>> Filter(Shape shape, string text, string target = "$apply") =>
        Bind(shape, "filter", text, target, parser => parser.ParseFilter().Expression);

    public Result<BoundStep<OrderByClause>> OrderBy(Shape shape, string text, string target = "$apply") =>
        Bind(shape, "orderby", text, target, parser => parser.ParseOrderBy());

    public Result<BoundStep<IReadOnlyList<ComputeExpression>>> Compute(Shape shape, string text) =>
        Bind<IReadOnlyList<ComputeExpression>>(shape, "compute", text, "$apply", parser => [.. parser.ParseCompute().ComputedItems]);

    /// <summary>The names that a $select lists, as they are spelt in the type; null where it has a star.</summary>
    public Result<BoundStep<IReadOnlyList<string>?>> Select(Shape shape, string text) =>
        Bind(shape, "select", text, "$select", parser => Names(parser.ParseSelectAndExpand()));

    private static IReadOnlyList<string>? Names(SelectExpandClause clause) => clause.SelectedItems.Any(item => item is WildcardSelectItem)
        ? null
        : [.. clause.SelectedItems.OfType<PathSelectItem>().Select(NameOf)];

    private static string NameOf(PathSelectItem item) => item.SelectedPath.FirstSegment is PropertySegment property && item.SelectedPath.Count == 1
        ? property.Property.Name
        : throw new ODataException("A $select names properties of the rows only.");

    private Result<BoundStep<T>> Bind<T>(Shape shape, string option, string text, string target, Func<ODataQueryOptionParser, T> read)
    {
        var alone = options with { Values = new Dictionary<string, string> { [option] = text } };
        return OptionParser.Of(shape.Type, null, alone, limits).Succeeded(out var parser, out var error)
            && parser.Read(target, text, read).Succeeded(out var bound, out error)
                ? new BoundStep<T>(bound, parser.Aliases)
                : error with { Target = target };
    }
}

/// <summary>What a step says, bound, with the parameter aliases as this step understands them.</summary>
internal sealed record BoundStep<T>(T Value, IReadOnlyDictionary<string, SingleValueNode> Aliases);
