using ConflictData.Api;
using ConflictData.Datasets;
using Microsoft.OData;
using Microsoft.OData.UriParser;

namespace ConflictData.OData;

/// <summary>Reads what $select and $expand name.</summary>
internal static class SelectBinder
{
    /// <summary>Most $expand within each other.</summary>
    public const int MaxDepth = 3;

    /// <summary>Most items of $expand in one query, at all depths.</summary>
    public const int MaxExpanded = 20;

    /// <param name="dataset">The dataset of the records.</param>
    /// <param name="computed">What $compute adds to its columns.</param>
    /// <param name="clause">The options; null where there are none.</param>
    public static IReadOnlyList<Column> Columns(Dataset dataset, IReadOnlyList<ComputedProperty> computed, SelectExpandClause? clause)
    {
        if (!IsNarrowed(clause) || HasWildcard(clause!))
        {
            return computed.Count == 0 ? dataset.Columns : [.. dataset.Columns, .. computed.Select(property => property.Column)];
        }
        // Naming a way selects its link, which minimal metadata leaves out; what it leads to is for $expand to ask.
        var columns = clause!.SelectedItems.OfType<PathSelectItem>()
            .Where(item => item.SelectedPath.FirstSegment is not NavigationPropertySegment).Select(item => ColumnOf(dataset, item)).ToArray();
        return columns.Length > 0 || clause.SelectedItems.Any(item => item is ExpandedReferenceSelectItem)
            ? columns
            : throw new ODataException("A $select names at least one property of the record, or one that $expand names too.");
    }

    /// <summary>What the context address says: "", "(*)", "(Id,Low)" or "(Id,Place(Name))".</summary>
    public static string Context(SelectExpandClause? clause, IReadOnlyList<Column> columns, IReadOnlyList<BoundExpand> expanded)
    {
        var names = !IsNarrowed(clause) ? [] : HasWildcard(clause!) ? ["*"] : columns.Select(column => column.Name);
        var ways = expanded.Where(item => !item.CountOnly).Select(item => item.Way.Name + (item.Query.SelectContext is "" ? "()" : item.Query.SelectContext));
        var all = string.Join(',', names.Concat(ways));
        return all.Length == 0 ? "" : $"({all})";
    }

    public static Result<IReadOnlyList<BoundExpand>> Expanded(SelectExpandClause? clause, IReadOnlyDictionary<string, SingleValueNode> aliases)
    {
        var count = 0;
        return Expanded(clause, aliases, 1, ref count);
    }

    private static Result<IReadOnlyList<BoundExpand>> Expanded(
        SelectExpandClause? clause, IReadOnlyDictionary<string, SingleValueNode> aliases, int depth, ref int count)
    {
        var items = new List<BoundExpand>();
        foreach (var item in clause?.SelectedItems.OfType<ExpandedReferenceSelectItem>() ?? [])
        {
            if (depth > MaxDepth || ++count > MaxExpanded)
            {
                return new ApiError(ErrorCode.BadQuery, $"$expand may be nested at most {MaxDepth} deep, and name at most {MaxExpanded} ways in all.") { Target = "$expand" };
            }
            if (!Bind(item, aliases, depth, ref count).Succeeded(out var bound, out var error))
            {
                return error;
            }
            items.Add(bound);
        }
        return items;
    }

    private static Result<BoundExpand> Bind(
        ExpandedReferenceSelectItem item, IReadOnlyDictionary<string, SingleValueNode> aliases, int depth, ref int count)
    {
        if (Unsupported(item) is { } missing)
        {
            return new ApiError(ErrorCode.NotSupported, $"This service does not support {missing} within $expand.") { Target = "$expand" };
        }
        var way = Navigations.Of(((NavigationPropertySegment)item.PathToNavigationProperty.LastSegment).NavigationProperty);
        var clause = (item as ExpandedNavigationSelectItem)?.SelectAndExpand;
        if (!Expanded(clause, aliases, depth + 1, ref count).Succeeded(out var expanded, out var error))
        {
            return error;
        }
        var isReference = item is not ExpandedNavigationSelectItem;
        var columns = isReference ? [ReferenceColumn.Of(way.To)] : Columns(way.To, [], clause);
        return new BoundExpand(way, new BoundQuery
        {
            Dataset = way.To,
            Filter = item.FilterOption?.Expression,
            Search = item.SearchOption?.Expression,
            Order = [.. QueryBinder.ReadOrder(item.OrderByOption)],
            Columns = columns,
            SelectContext = isReference ? "/$ref" : Context(clause, columns, expanded),
            Expanded = expanded,
            Top = item.TopOption,
            Skip = item.SkipOption ?? 0,
            Count = item.CountOption ?? item is ExpandedCountSelectItem,
            Aliases = aliases,
        }, item is ExpandedCountSelectItem);
    }

    private static string? Unsupported(ExpandedReferenceSelectItem item) =>
        item.PathToNavigationProperty.Count > 1 ? "a type in the path"
        : item.ApplyOption is not null ? "$apply"
        : item.ComputeOption is not null ? "$compute"
        : (item as ExpandedNavigationSelectItem)?.LevelsOption is not null ? "$levels"
        : null;

    private static bool IsNarrowed(SelectExpandClause? clause) => clause is not null && clause.SelectedItems.Any(item => item is PathSelectItem or WildcardSelectItem);

    private static bool HasWildcard(SelectExpandClause clause) => clause.SelectedItems.Any(item => item is WildcardSelectItem);

    private static Column ColumnOf(Dataset dataset, PathSelectItem item) => item.SelectedPath is { Count: 1, FirstSegment: PropertySegment segment }
        ? segment.Property is ComputedProperty computed ? computed.Column : dataset[segment.Property.Name]
        : throw new ODataException("A $select names properties of the record only.");
}
