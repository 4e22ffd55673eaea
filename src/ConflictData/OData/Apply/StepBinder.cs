using ConflictData.Api;
using Microsoft.OData.UriParser;

namespace ConflictData.OData;

/// <summary>
/// Binds the expressions of a step with the library, against the rows that the step before it makes, and looks through them:
/// their size is counted over all steps.
/// </summary>
internal sealed class StepBinder(RequestOptions options, Settings limits)
{
    private readonly ExpressionCheck check = new(limits);

    public Result<BoundStep<SingleValueNode>> Filter(Shape shape, string text, string target) =>
        Bind(shape, "filter", text, target, parser => parser.ParseFilter().Expression, filter => [filter]);

    public Result<BoundStep<SingleValueNode>> Search(Shape shape, string text, string target) => SearchText.Check(text, limits) is { } tooLarge
        ? tooLarge with { Target = target }
        : Bind(shape, "search", text, target, parser => parser.ParseSearch().Expression, search => [search]);

    public Result<BoundStep<IReadOnlyList<(SingleValueNode Key, bool Descending)>>> OrderBy(Shape shape, string text, string target) =>
        Bind<IReadOnlyList<(SingleValueNode Key, bool Descending)>>(
            shape, "orderby", text, target, parser => [.. QueryBinder.ReadOrder(parser.ParseOrderBy())], order => order.Select(item => item.Key));

    public Result<BoundStep<IReadOnlyList<ComputeExpression>>> Compute(Shape shape, string text, string target) =>
        Bind<IReadOnlyList<ComputeExpression>>(
            shape, "compute", text, target, parser => [.. parser.ParseCompute().ComputedItems], items => items.Select(item => item.Expression));

    /// <summary>One expression for its value.</summary>
    public Result<BoundStep<SingleValueNode>> Value(Shape shape, string text)
    {
        // The name is not used; it must only be none that a property has.
        if (!Compute(shape, $"{text} as Value_", "$apply").Succeeded(out var bound, out var error))
        {
            return error;
        }
        return bound.Value is [var item] ? new BoundStep<SingleValueNode>(item.Expression, bound.Aliases) : ApplyError.Bad($"{text} is not one expression.");
    }

    /// <summary>The paths that a $select lists, as they are spelt in the type; null where it has a star.</summary>
    public Result<BoundStep<IReadOnlyList<string>?>> Select(Shape shape, string text) =>
        Bind(shape, "select", text, "$select", parser => Paths(parser.ParseSelectAndExpand()), _ => []);

    private static IReadOnlyList<string>? Paths(SelectExpandClause clause) => clause.SelectedItems.Any(item => item is WildcardSelectItem)
        ? null
        : [.. clause.SelectedItems.OfType<PathSelectItem>().Select(item => string.Join('/', item.SelectedPath.Select(segment => segment.Identifier)))];

    private Result<BoundStep<T>> Bind<T>(
        Shape shape, string option, string text, string target, Func<ODataQueryOptionParser, T> read, Func<T, IEnumerable<QueryNode>> expressions)
    {
        var alone = options with { Values = new Dictionary<string, string> { [option] = text } };
        if (!OptionParser.Of(shape.Type, null, alone, limits).Succeeded(out var parser, out var error) || !parser.Read(target, text, read).Succeeded(out var value, out error))
        {
            return error with { Target = target };
        }
        return expressions(value).Select(expression => check.Check(expression, parser.Aliases, target)).FirstOrDefault(problem => problem is not null) is { } refused
            ? refused
            : new BoundStep<T>(value, parser.Aliases);
    }
}

/// <summary>What a step says, bound, with the parameter aliases as this step understands them.</summary>
internal sealed record BoundStep<T>(T Value, IReadOnlyDictionary<string, SingleValueNode> Aliases);
